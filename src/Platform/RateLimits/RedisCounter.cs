using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Tokens.Platform.Redis;

namespace Tokens.Platform.RateLimits;

/// <summary>
/// Counts in Redis, so that all hosts count together: one script, one round trip, the server's clock. While Redis is away this host
/// counts alone.
/// </summary>
internal sealed partial class RedisCounter(RedisConnection redis, MemoryCounter own, ILogger<RedisCounter> logger) : IRateLimitCounter
{
    private const int MicrosecondsAMillisecond = 1_000;

    // A list of the moments (microseconds) at which requests were allowed, the newest first. A correction of the server's clock
    // backwards lets it stand still for the list until it has caught up, so that the order holds.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local permits, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local newest = redis.call('LINDEX', KEYS[1], 0)
        if newest then now = math.max(now, tonumber(newest)) end
        local oldest = redis.call('LINDEX', KEYS[1], -1)
        while oldest and tonumber(oldest) <= now - window do
          redis.call('RPOP', KEYS[1])
          oldest = redis.call('LINDEX', KEYS[1], -1)
        end
        local held = redis.call('LLEN', KEYS[1])
        local allowed = 0
        if held < permits then
          allowed = 1
          held = redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
          redis.call('PEXPIRE', KEYS[1], string.format('%.0f', window / 1000))
        end
        local counted = math.min(held, permits)
        return { allowed, permits - counted, tonumber(redis.call('LINDEX', KEYS[1], counted - 1)) + window - now }
        """;

    private volatile bool _isRefused;

    public async ValueTask<RateLimitCount> CountAsync(RateLimit limit, string partition, CancellationToken cancellationToken)
    {
        // Counted here as well: a call that Redis misses is then held against all that this host has allowed before.
        var alone = own.Count(limit, partition);
        try
        {
            var together = await AskAsync(limit, partition, cancellationToken);
            if (together.IsAllowed != alone.IsAllowed)
            {
                own.Correct(limit, partition, together.IsAllowed);
            }

            _isRefused = false;
            return together;
        }
        catch (RedisAwayException)
        {
            return alone with { IsAlone = true };
        }
        catch (RedisServerException refusal)
        {
            if (!_isRefused)
            {
                _isRefused = true;
                LogRefused(logger, refusal);
            }

            return alone with { IsAlone = true };
        }
    }

    private async Task<RateLimitCount> AskAsync(RateLimit limit, string partition, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [$"rate-limit:{limit.Policy}:{partition}"];
        RedisValue[] values = [limit.Permits, (long)limit.Window.TotalMilliseconds * MicrosecondsAMillisecond];

        // Never sent again: one that was given up may yet take its permit.
        var result = await redis.ExecuteAsync(
            "rate_limit.count", database => database.ScriptEvaluateAsync(Script, keys, values), isRepeatable: false, cancellationToken);
        var answer = (RedisResult[])result!;
        return new RateLimitCount((long)answer[0] == 1, (int)answer[1], TimeSpan.FromMicroseconds((long)answer[2]));
    }

    [LoggerMessage(LogIds.RedisCounterRefused, LogLevel.Error, "Redis refuses to count requests; each host counts alone")]
    private static partial void LogRefused(ILogger logger, Exception refusal);
}
