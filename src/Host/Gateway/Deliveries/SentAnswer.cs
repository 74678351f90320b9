namespace Tokens.Host.Gateway.Deliveries;

/// <summary>An answer on its way to a client.</summary>
/// <param name="AckedBefore">Bytes that the client's system had acknowledged before it.</param>
/// <param name="Bytes">Its length, at least.</param>
internal readonly record struct SentAnswer(ulong AckedBefore, ulong Bytes)
{
    /// <summary>Decides whether the client took the answer; null while that may still change.</summary>
    /// <param name="connection">The connection's state; null when the system tells nothing of it.</param>
    /// <param name="hasEnded">Whether the connection has ended; <paramref name="connection"/> is its state at that moment then.</param>
    internal bool? IsTaken(TcpFacts? connection, bool hasEnded)
    {
        if (connection is not { } facts)
        {
            // An answer that was written into a connection that stands is all that can be known then.
            return !hasEnded;
        }

        // Linux resets a connection whose program closed it, or died, with bytes unread.
        if (facts.IsClosed)
        {
            return false;
        }

        var isAcked = facts is { UnackedSegments: 0, UnsentBytes: 0 } && facts.AckedBytes - AckedBefore >= Bytes;
        return isAcked ? true : hasEnded ? false : null;
    }
}
