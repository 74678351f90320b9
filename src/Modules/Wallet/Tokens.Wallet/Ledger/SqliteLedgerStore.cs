using Microsoft.Data.Sqlite;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Time;

namespace Tokens.Wallet.Ledger;

/// <summary>The posting path on SQLite: one immediate transaction a batch, through the file's one write gate.</summary>
internal sealed class SqliteLedgerStore(SqliteFile file, TimeProvider time) : ILedgerStore
{
    private SqliteConnection? _connection;

    // One process and one lane in use: one writer.
    public Task<int> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public async Task<BatchResult> PostAsync(PostingBatch batch, CancellationToken cancellationToken)
    {
        using var turn = await file.EnterWriteAsync(cancellationToken);
        try
        {
            return Post(_connection ??= file.Open(), batch);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>One process, one gate: nobody else holds a lock.</summary>
    public Task<IReadOnlySet<Guid>> FindContendedAsync(PostingBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private BatchResult Post(SqliteConnection connection, PostingBatch batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var statements = new SqliteStatements(connection, transaction);
        var facts = new SqliteBatchReader(statements).Read(batch);
        var decider = new BatchDecider(facts, Uuid.New(time), time.UtcNow(), batch.Writer);
        var decisions = batch.Requests.Select(decider.Decide).ToList();
        if (decider.Transfers.Count > 0)
        {
            new SqliteBatchWriter(statements).Write(facts, decider);
            transaction.Commit();
        }
        else
        {
            transaction.Rollback();
        }

        return new BatchResult(decisions, decider.Transfers) { Balances = decider.Balances };
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
