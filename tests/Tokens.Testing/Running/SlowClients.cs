using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokens.Testing.Running;

/// <summary>
/// Connections that send the same request and then go on slowly, each for as long as it is left open; one that is closed or answered with
/// an error opens again a second later.
/// </summary>
internal sealed class SlowClients : IAsyncDisposable
{
    private const int ReceiveBytes = 4 * 1_024;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Uri _gateway;
    private readonly SlowRequest _request;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();
    private readonly Task[] _running;
    private int _sent;

    private SlowClients(Uri gateway, SlowRequest request, int count, int addresses)
    {
        _gateway = gateway;
        _request = request;
        _running = [.. Enumerable.Range(0, count).Select(number => RunAsync($"127.0.1.{1 + (number % addresses)}"))];
    }

    /// <summary>How often each status came, as text.</summary>
    internal string Answers => string.Join(", ", _answers.OrderBy(entry => entry.Key).Select(entry => $"{entry.Value} x {entry.Key}"));

    /// <summary>Opens <paramref name="count"/> connections from so many loopback addresses; returns when each has sent its request once.</summary>
    internal static async Task<SlowClients> OpenAsync(Uri gateway, SlowRequest request, int count, int addresses)
    {
        var clients = new SlowClients(gateway, request, count, addresses);
        await Eventually.BecomesTrueAsync(
            () => Volatile.Read(ref clients._sent) >= count, TimeSpan.FromSeconds(60), $"{count} connections have sent their request");
        return clients;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private async Task RunAsync(string from)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBytes };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, _gateway.Port, _end.Token);
                await socket.SendAsync(Encoding.ASCII.GetBytes(_request.Head + new string(' ', _request.BytesAtOnce)), _end.Token);
                Interlocked.Increment(ref _sent);
                await GoOnAsync(socket);
            }
            catch (SocketException closed)
            {
                Count(closed.SocketErrorCode.ToString());
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.WhenAny(Task.Delay(Second, TimeProvider.System, _end.Token));
        }
    }

    private async Task GoOnAsync(Socket socket)
    {
        using var pace = new PeriodicTimer(Second);
        var buffer = new byte[_request.BytesPerSecond];
        var body = Encoding.ASCII.GetBytes(new string(' ', _request.BytesPerSecond));
        for (var isFirst = true; await pace.WaitForNextTickAsync(_end.Token);)
        {
            if (socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                var read = await socket.ReceiveAsync(buffer, _end.Token);
                if (isFirst)
                {
                    Count(read == 0 ? "closed" : Encoding.ASCII.GetString(buffer, 0, Math.Min(read, "HTTP/1.1 200".Length)));
                    isFirst = false;
                }

                // An answer to a body that isn't whole is an error.
                if (read == 0 || !_request.ReadsItsAnswer)
                {
                    return;
                }
            }

            if (!_request.ReadsItsAnswer)
            {
                await socket.SendAsync(body, _end.Token);
            }
        }
    }

    private void Count(string answer) => _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
}
