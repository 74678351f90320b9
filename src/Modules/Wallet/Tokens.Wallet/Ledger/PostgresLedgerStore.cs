using System.Data;
using Npgsql;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Ledger;

/// <summary>
/// The posting path on PostgreSQL: two round trips a batch (lock and look up; write and commit), however many requests it carries.
/// </summary>
internal sealed class PostgresLedgerStore(NpgsqlDataSource source, TimeProvider time) : ILedgerStore
{
    // Any number that all releases agree on: the class of the advisory locks that number the writers.
    private const int WriterLocks = 7_203_117;
    private const int WritersMax = 4_096;

    private NpgsqlConnection? _connection;
    private int _writer;

    public async Task<int> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            return _writer;
        }

        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            _writer = await TakeWriterNumberAsync(connection, cancellationToken);
            _connection = connection;
            return _writer;
        }
        finally
        {
            if (_connection is null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    public async Task<BatchResult> PostAsync(PostingBatch batch, CancellationToken cancellationToken)
    {
        var connection = Connection;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var facts = await PostgresBatchReader.ReadAsync(connection, batch, cancellationToken);
            var batchId = Uuid.New(time);
            var decider = new BatchDecider(facts, batchId, time.UtcNow(), batch.Writer);
            var decisions = batch.Requests.Select(decider.Decide).ToList();
            if (decider.Transfers.Count > 0)
            {
                await PostgresBatchWriter.CommitAsync(connection, facts, decider, cancellationToken);
            }
            else
            {
                await transaction.RollbackAsync(cancellationToken);
            }

            return new BatchResult(decisions, decider.Transfers) { Balances = decider.Balances };
        }
        catch
        {
            // Whatever broke, the session's state isn't known: the next attempt gets a new one.
            await CloseAsync();
            throw;
        }
    }

    public async Task<IReadOnlySet<Guid>> FindContendedAsync(PostingBatch batch, CancellationToken cancellationToken)
    {
        var connection = Connection;
        try
        {
            Guid[] ids = [.. batch.Accounts.Keys];
            var existing = await FindAsync(connection, PostgresLedgerSql.FindExisting, ids, cancellationToken);
            var free = await FindAsync(connection, PostgresLedgerSql.FindFree, ids, cancellationToken);
            var held = existing.Except(free).ToHashSet();
            // A new account is nobody's; only where no other is held can it be one that another host is making right now.
            return held.Count > 0 ? held : ids.Except(existing).ToHashSet();
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await source.DisposeAsync();
    }

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("Connect first.");

    private static async Task<HashSet<Guid>> FindAsync(
        NpgsqlConnection connection, string sql, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        var found = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetGuid(0));
        }

        return found;
    }

    // The lock lives as long as the session: a host that dies gives its number back.
    private static async Task<int> TakeWriterNumberAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        for (var writer = 0; writer < WritersMax; writer++)
        {
            await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({WriterLocks}, {writer})", connection);
            if (await take.ExecuteScalarAsync(cancellationToken) is true)
            {
                return writer;
            }
        }

        throw new InvalidOperationException($"All {WritersMax} writer numbers are taken.");
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
