using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>A host that answers health checks and treats every other request as badly as it is told, on the bare socket.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentQueue<int> _pieces = new();
    private readonly Func<RawExchange, Task> _behaviour;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Takes a port that refuses connections until <see cref="Listen"/>.</summary>
    internal RawUpstream(Func<RawExchange, Task> behaviour)
    {
        _behaviour = behaviour;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    internal string Url => $"http://{_socket.LocalEndPoint}";

    /// <summary>Whole requests, but for health checks.</summary>
    internal IReadOnlyList<string> Requests => [.. _seen];

    /// <summary>In how many pieces each of them came.</summary>
    internal IReadOnlyList<int> Pieces => [.. _pieces];

    internal static RawUpstream Refusing() => new(_ => Task.CompletedTask);

    internal static RawUpstream Listening(Func<RawExchange, Task> behaviour)
    {
        var upstream = new RawUpstream(behaviour);
        upstream.Listen();
        return upstream;
    }

    internal void Listen()
    {
        _socket.Listen();
        _accepting = AcceptAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _socket.AcceptAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        await using var stream = new NetworkStream(socket);
        try
        {
            for (var number = 1; await ReadAsync(stream) is var (request, pieces); number++)
            {
                var exchange = new RawExchange(socket, stream, request, number, _stop.Token);
                if (request.StartsWith("GET /health/ready ", StringComparison.Ordinal))
                {
                    await exchange.AnswerAsync("200 OK", "");
                    number--;
                    continue;
                }

                _seen.Enqueue(request);
                _pieces.Enqueue(pieces);
                await _behaviour(exchange);
                if (exchange.Closed)
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The gateway hung up, or the test is over.
        }
    }

    // The bodies of these tests are plain ASCII with a Content-Length.
    private async Task<(string Request, int Pieces)?> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (var pieces = 0; ; pieces++)
        {
            var headEnd = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headEnd >= 0 && text.Length >= headEnd + 4 + ContentLength(text.ToString(0, headEnd)))
            {
                return (text.ToString(), pieces);
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
    }

    private static int ContentLength(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.AsSpan("Content-Length:".Length)))
        .SingleOrDefault();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _socket.Dispose();
        _stop.Dispose();
    }
}

/// <summary>One request on a bare socket; <paramref name="number"/> counts the requests of its connection from 1.</summary>
internal sealed class RawExchange(Socket socket, NetworkStream stream, string request, int number, CancellationToken stop)
{
    internal string Request => request;

    internal int Number => number;

    internal bool Closed { get; private set; }

    internal Task AnswerAsync(string status, string body) =>
        WriteAsync($"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    internal Task WriteAsync(string raw) => stream.WriteAsync(Encoding.ASCII.GetBytes(raw), stop).AsTask();

    internal Task CloseAsync()
    {
        Closed = true;
        return Task.CompletedTask;
    }

    internal Task ResetAsync()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return CloseAsync();
    }

    /// <summary>Says nothing until the other side hangs up.</summary>
    internal async Task HangAsync()
    {
        Closed = true;
        try
        {
            while (await stream.ReadAsync(new byte[1], stop) > 0)
            {
                // Bytes of a request that nobody reads.
            }
        }
        catch (IOException)
        {
            // Hung up with a reset.
        }
    }
}
