namespace Tokens.Host.Gateway;

/// <summary>Requests to the API that share one set of limits, so that no other class of requests can use them up.</summary>
/// <param name="policy">The name under which requests are counted.</param>
/// <param name="requestsMax">Requests that may be under way at once.</param>
/// <param name="bodyBytesMax">Largest body of a request; 0 if none may have one.</param>
/// <param name="bodies">Memory for the bodies of all requests of the class.</param>
internal sealed class TrafficClass(string policy, int requestsMax, int bodyBytesMax, ByteBudget bodies)
{
    private int _underWay;

    internal string Policy => policy;

    internal int BodyBytesMax => bodyBytesMax;

    internal ByteBudget Bodies => bodies;

    /// <summary>Not counted by the limit by address.</summary>
    internal bool IsExemptFromAddressLimit { get; init; }

    /// <summary>Its answers last as long as the client wants, so a request counts as under way until its answer has ended.</summary>
    internal bool HasEndlessAnswers { get; init; }

    internal bool IsFull => Volatile.Read(ref _underWay) >= requestsMax;

    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= requestsMax)
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _underWay);
}
