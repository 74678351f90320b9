using Npgsql;
using Tokens.Platform.Telemetry;
using Tokens.Wallet.Data;
using static Tokens.Wallet.Ledger.PostgresArrays;

namespace Tokens.Wallet.Ledger;

/// <summary>The second round trip of a batch: all that was decided, as one array a column, and its commit.</summary>
internal static class PostgresBatchWriter
{
    internal static async Task CommitAsync(
        NpgsqlConnection connection, BatchFacts facts, BatchDecider decider, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(TransfersCommand(decider.Transfers));
        batch.BatchCommands.Add(AccountsCommand([.. facts.Accounts.Values.Where(account => account.IsChanged)]));
        Guid[] unused = [.. facts.UnusedAccounts];
        if (unused.Length > 0)
        {
            batch.BatchCommands.Add(Command(PostgresLedgerSql.DeleteAccounts, Value(unused)));
        }

        if (decider.Words.Count > 0)
        {
            batch.BatchCommands.Add(WordsCommand(decider.Words));
        }

        var first = decider.Transfers[0];
        batch.BatchCommands.Add(Command(
            PostgresLedgerSql.InsertOutbox, Value(first.BatchId), Value(decider.Transfers.Count), Value(first.PostedAt), Value(TraceParent.Current)));

        // Sent along: the server passes over it when a command before it fails, and the accounts are locked for one trip less.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand TransfersCommand(List<TransferRow> rows) => Command(
        PostgresLedgerSql.InsertTransfers,
        Column(rows, r => r.Id),
        Column(rows, r => r.Leg),
        Column(rows, r => (short)r.Kind),
        Column(rows, r => r.DebitAccountId),
        Column(rows, r => r.CreditAccountId),
        Column(rows, r => r.Tokens),
        Column(rows, r => r.DebitVersion),
        Column(rows, r => r.DebitBalanceAfter),
        Column(rows, r => r.CreditVersion),
        Column(rows, r => r.CreditBalanceAfter),
        Column(rows, r => r.CallerId),
        Column(rows, r => r.Route),
        Column(rows, r => r.IdempotencyKey),
        Column(rows, r => r.PayloadHash),
        Column(rows, r => r.Reference),
        Value(rows[0].BatchId),
        Value(rows[0].PostedAt));

    private static NpgsqlBatchCommand AccountsCommand(List<AccountState> changed) => Command(
        PostgresLedgerSql.UpdateAccounts,
        Column(changed, a => a.Id),
        Column(changed, a => a.BalanceTokens),
        Column(changed, a => a.Version),
        Column(changed, a => a.PurchasedTokens),
        Column(changed, a => a.SpentTokens),
        Column(changed, a => a.EarnedTokens));

    private static NpgsqlBatchCommand WordsCommand(List<TransferWordsRow> words) => Command(
        PostgresLedgerSql.InsertWords,
        Column(words, w => w.TransferId),
        Column(words, w => w.Channel),
        Column(words, w => w.Message));
}
