namespace Tokens.Host.Gateway;

/// <summary>One try of one request at one destination, known down to the socket that carries it.</summary>
internal sealed class Attempt
{
    private static readonly AsyncLocal<Attempt?> Flow = new();

    private Connection? _carrier;

    private Attempt(bool holdsBackGatewayErrors, ReadOnlyMemory<byte>? body)
    {
        HoldsBackGatewayErrors = holdsBackGatewayErrors;
        Body = body;
    }

    /// <summary>The attempt on whose behalf the calling code runs; null for health checks.</summary>
    internal static Attempt? Current => Flow.Value;

    /// <summary>A 502 or 504 from the host is not shown to the client, since there will be another attempt.</summary>
    internal bool HoldsBackGatewayErrors { get; }

    /// <summary>The request's body, if it is in memory.</summary>
    internal ReadOnlyMemory<byte>? Body { get; }

    /// <summary>Such an answer came.</summary>
    internal bool HeldBack { get; set; }

    /// <summary>A host may have received the request.</summary>
    internal bool Sent => _carrier is not null;

    /// <summary>Starts an attempt that the rest of the calling method is part of.</summary>
    internal static Attempt Begin(bool holdsBackGatewayErrors, ReadOnlyMemory<byte>? body = null) =>
        Flow.Value = new Attempt(holdsBackGatewayErrors, body);

    /// <summary>False once another connection has carried the request: <see cref="SocketsHttpHandler"/> repeats by itself when a
    /// pooled connection breaks, even a POST, and whether to repeat is not for it to decide.</summary>
    internal bool MayUse(Connection connection) => _carrier is null || _carrier == connection;

    internal void SentBy(Connection connection) => _carrier = connection;
}
