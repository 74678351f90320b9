using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tokens.Host.Gateway.Deliveries;

/// <summary>A client's connection below HTTP and TLS: its state, how it ended, and when the client sends its next request.</summary>
internal sealed class ClientConnection(Socket? socket)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TcpFacts? _atEnd;
    private bool _hasEnded;
    private TaskCompletionSource? _nextRequest;

    /// <summary>Completes when the connection has ended.</summary>
    internal Task Ended => _end.Task;

    /// <summary>The connection's state now, or when it ended.</summary>
    internal TcpFacts? Facts
    {
        get
        {
            lock (_lock)
            {
                return _hasEnded ? _atEnd : TcpFacts.Read(socket);
            }
        }
    }

    /// <summary>Follows every connection of the endpoint.</summary>
    internal static void Follow(ListenOptions endpoint) => endpoint.Use(next => async connection =>
    {
        var own = new ClientConnection(connection.Features.Get<IConnectionSocketFeature>()?.Socket);
        connection.Features.Set(own);
        await own.RunAsync(connection, next);
    });

    /// <summary>Completes with the next request that begins on this connection.</summary>
    internal Task NextRequestAsync()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _nextRequest, next);
        return next.Task;
    }

    /// <summary>A request has begun.</summary>
    internal void NoteRequest() => Volatile.Read(ref _nextRequest)?.TrySetResult();

    // HTTP closes the socket as soon as it is told that the client has ended the connection, so its state is read before.
    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.ConnectionClosed;
        using var closed = new CancellationTokenSource();
        await using var registration = transport.Register(() =>
        {
            End();
            closed.Cancel();
        });
        connection.ConnectionClosed = closed.Token;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.ConnectionClosed = transport;
            End();
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _atEnd = TcpFacts.Read(socket);
                _hasEnded = true;
            }
        }

        _end.TrySetResult();
    }
}
