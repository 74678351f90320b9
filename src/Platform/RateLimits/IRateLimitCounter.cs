namespace Tokens.Platform.RateLimits;

/// <summary>Counts requests in exact sliding windows: never more than the limit in any window of its length.</summary>
internal interface IRateLimitCounter
{
    /// <summary>Takes a permit if one is free. Safe to call at once from everywhere; never fails for want of a server.</summary>
    /// <param name="limit">The policy's limit; it may differ from the one of the last call.</param>
    /// <param name="partition">Whose requests are counted together.</param>
    /// <param name="cancellationToken">The request's.</param>
    ValueTask<RateLimitCount> CountAsync(RateLimit limit, string partition, CancellationToken cancellationToken);
}
