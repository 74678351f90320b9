using Npgsql;
using Tokens.Platform.Storage.Postgres;

namespace Tokens.Platform.Storage.Writes;

/// <summary>Probes PostgreSQL over a connection of its own, which doesn't wait for a pool that is used up.</summary>
internal sealed class PostgresWriteProbe : IWriteProbe, IAsyncDisposable
{
    // How long a session may be older than the setting default_transaction_read_only, which it read when it began.
    private const int SessionSecondsMax = 10;

    private const string IsReadOnly = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";

    // Some pages, because a full disk still takes what fits into pages that exist.
    private const string Write = """
        INSERT INTO platform.revoked_sessions (id, expires_at)
        SELECT gen_random_uuid(), 'epoch'::timestamptz FROM generate_series(1, 1000)
        """;

    private readonly PostgresSessions _sessions;
    private readonly NpgsqlDataSource _source;

    internal PostgresWriteProbe(string connectionString, PostgresOptions options, PostgresSessions sessions)
    {
        _sessions = sessions;
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 1,
            ConnectionLifetime = SessionSecondsMax,
            Timeout = options.ConnectTimeoutSeconds,
            CommandTimeout = options.CommandTimeoutSeconds,
            ApplicationName = "tokens.writes",
        };
        // Named, because the metrics' pool tag would otherwise be the connection string.
        _source = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = "writes" }.Build();
    }

    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(IsReadOnly);
        return await command.ExecuteScalarAsync(cancellationToken) is true ? WriteFaults.ReadOnly : null;
    }

    public async Task<string?> WriteAsync(CancellationToken cancellationToken)
    {
        _source.Clear();
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Write, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException fault) when (WriteFaults.ReasonOf(fault) is not null)
        {
            return WriteFaults.ReasonOf(fault);
        }
    }

    public void RenewSessions() => _sessions.Renew();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
