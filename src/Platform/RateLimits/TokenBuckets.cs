namespace Tokens.Platform.RateLimits;

/// <summary>A bucket for each caller in this process: so many requests at once, and so many a second after that.</summary>
/// <param name="burst">Requests at once; at least 1.</param>
/// <param name="perSecond">Requests a second that come back, 1 to 1,000,000.</param>
/// <param name="partitionsMax">Callers remembered; a full bucket is forgotten first, then the one unused for longest.</param>
/// <param name="time">Measures elapsed time.</param>
public sealed class TokenBuckets(int burst, int perSecond, int partitionsMax, TimeProvider time)
{
    // Rounded up, so that no second ever gets one more.
    private readonly long _ticksEach = (TimeSpan.TicksPerSecond + perSecond - 1) / perSecond;
    private readonly Partitions<TokenBucket> _partitions = new(partitionsMax, time);

    /// <summary>How long an empty bucket takes to be full.</summary>
    public TimeSpan FillsIn => TimeSpan.FromTicks(burst * _ticksEach);

    internal int Count => _partitions.Count;

    /// <summary>Takes one request out of the caller's bucket.</summary>
    /// <returns>Zero if it may pass; else how long until the next one may, and nothing was taken.</returns>
    public TimeSpan Take(string partition) => TimeSpan.FromTicks(_partitions.Use(
        partition, (Burst: burst, TicksEach: _ticksEach), static (bucket, now, size) => bucket.Take(now, size.Burst, size.TicksEach)));
}
