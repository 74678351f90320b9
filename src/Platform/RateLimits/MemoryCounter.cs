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
        _partitions.Use($"{limit.Policy} {partition}", limit, static (log, now, limit) => log.Take(now, limit));
}
