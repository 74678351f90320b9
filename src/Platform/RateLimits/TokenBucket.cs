namespace Tokens.Platform.RateLimits;

/// <summary>A bucket that fills steadily, kept as the one moment at which it will be full (the generic cell rate algorithm).</summary>
internal sealed class TokenBucket : IPartition
{
    private long _fullAt;

    public bool IsIdle(long now) => _fullAt <= now;

    /// <summary>Takes one out, or says how many ticks are left until there is one.</summary>
    /// <param name="now">Present moment in ticks.</param>
    /// <param name="burst">What the full bucket holds.</param>
    /// <param name="ticksEach">How long one takes to come back.</param>
    internal long Take(long now, int burst, long ticksEach)
    {
        var fullAt = Math.Max(_fullAt, now) + ticksEach;
        var wait = fullAt - now - (burst * ticksEach);
        if (wait > 0)
        {
            return wait;
        }

        _fullAt = fullAt;
        return 0;
    }
}
