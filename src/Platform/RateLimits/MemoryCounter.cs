using Microsoft.Extensions.Options;

namespace Tokens.Platform.RateLimits;

/// <summary>Counts in this process.</summary>
internal sealed class MemoryCounter(IOptions<RateLimitMemoryOptions> options, TimeProvider time) : IRateLimitCounter
{
    private readonly Partitions<SlidingLog> _partitions = new(options.Value.PartitionsMax, time);

    internal int Partitions => _partitions.Count;

    public ValueTask<RateLimitCount> CountAsync(RateLimit limit, string partition, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Count(limit, partition));

    internal RateLimitCount Count(RateLimit limit, string partition) =>
        _partitions.Use(Key(limit, partition), limit, static (log, now, limit) => log.Take(now, limit));

    /// <summary>Makes up for a request that was counted elsewhere with another outcome than here.</summary>
    internal void Correct(RateLimit limit, string partition, bool isAllowed) =>
        _partitions.Use(Key(limit, partition), (Limit: limit, IsAllowed: isAllowed), static (log, now, outcome) =>
        {
            log.Correct(now, outcome.Limit, outcome.IsAllowed);
            return outcome.IsAllowed;
        });

    private static string Key(RateLimit limit, string partition) => $"{limit.Policy} {partition}";
}
