using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokens.Platform.Redis;

/// <summary>Says whether Redis is there; a host without it serves all the same.</summary>
internal sealed class RedisHealth(RedisConnection redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.ExecuteAsync("health.ping", database => database.PingAsync(), isRepeatable: false, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RedisAwayException away)
        {
            return HealthCheckResult.Degraded("unavailable", away);
        }
    }
}
