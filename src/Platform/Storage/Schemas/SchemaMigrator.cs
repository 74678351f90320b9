using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tokens.Platform.Storage.Schemas;

/// <summary>Brings every module's schema up to date; any number of hosts may do so at once, and be killed at it.</summary>
public sealed partial class SchemaMigrator(
    IEnumerable<IModuleSchema> schemas, StorageSettings storage, ILogger<SchemaMigrator> logger)
{
    // Any number that all releases agree on: one migrating host at a time a database.
    private const long PostgresLock = 7_203_115_840_912_236;

    /// <summary>Applies what is pending, module by module.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (storage.Provider == StorageProvider.Sqlite)
        {
            await MigrateEachAsync(cancellationToken);
            return;
        }

        // Named, because the metrics' pool tag would otherwise be the connection string.
        await using var source = new NpgsqlDataSourceBuilder(storage.PostgresConnectionString) { Name = "migrations" }.Build();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresLock})", connection);
        await take.ExecuteNonQueryAsync(cancellationToken);
        // The lock belongs to the session and ends with it; pooling would keep the session.
        try
        {
            await MigrateEachAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({PostgresLock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task MigrateEachAsync(CancellationToken cancellationToken)
    {
        foreach (var schema in schemas)
        {
            // Asked first, because EF Core takes its lock before it looks whether anything is pending.
            var pending = await schema.PendingAsync(cancellationToken);
            if (pending.Count > 0)
            {
                LogApplying(logger, schema.Name, pending.Count);
                await schema.MigrateAsync(cancellationToken);
            }
        }
    }

    [LoggerMessage(LogIds.SchemaMigratorApplying, LogLevel.Information, "Applying {Count} migrations to schema {Schema}")]
    private static partial void LogApplying(ILogger logger, string schema, int count);
}
