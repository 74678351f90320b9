using System.Net;
using System.Net.Sockets;

namespace Tokens.Host.Tests.Errors;

/// <summary>Where an API host should be: takes requests and never answers, or hangs up when it has one.</summary>
internal sealed class SilentHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly bool _hangsUp;

    private SilentHost(bool hangsUp)
    {
        _hangsUp = hangsUp;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal string Address => $"http://{_listener.LocalEndpoint}";

    internal static SilentHost Start(bool hangsUp) => new(hangsUp);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(TakeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[4096];
                while (await client.GetStream().ReadAsync(buffer, _stop.Token) > 0 && !_hangsUp)
                {
                    // Read, and say nothing.
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The gateway hung up, or the test is over.
            }
        }
    }
}
