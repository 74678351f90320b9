using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokens.Platform.Storage.Writes;

/// <summary>Ready while the database takes changes.</summary>
internal sealed class WritesHealth(DatabaseWrites writes, DatabasePipeline database) : IHealthCheck
{
    internal const string Name = "database.writes";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var reason = await database.RunAsync(Name, writes.CheckAsync, cancellationToken);
            return reason is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(reason);
        }
        catch (Exception fault) when (TransientFaults.Covers(fault) || TransientFaults.IsDatabaseFault(fault))
        {
            // It says nothing about writes: whether the database answers at all is the schemas' check, on connections that are open already.
            return writes.Reason is { } reason ? HealthCheckResult.Unhealthy(reason, fault) : HealthCheckResult.Degraded("The database didn't answer.", fault);
        }
    }
}
