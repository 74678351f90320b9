using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokens.Platform.Storage.Schemas;

/// <summary>Ready when the module's database answers and its schema doesn't lag behind the code.</summary>
internal sealed class SchemaHealth(IModuleSchema schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var pending = await schema.PendingAsync(cancellationToken);
            return pending.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The schema lags by {pending.Count} migrations: start once with --migrate.");
        }
        // Any fault of the database: its own text would show users and tables to every reader of the host's health.
        catch (Exception fault) when (TransientFaults.Covers(fault) || TransientFaults.IsDatabaseFault(fault))
        {
            return HealthCheckResult.Unhealthy("The database doesn't answer.", fault);
        }
    }
}
