using Npgsql;
using static Tokens.Wallet.Ledger.PostgresArrays;

namespace Tokens.Wallet.Ledger;

/// <summary>
/// The first round trip of a batch: makes missing accounts, locks all of them in one order, and only then looks up keys, so that
/// it sees what the previous holder of the locks committed.
/// </summary>
internal static class PostgresBatchReader
{
    internal static async Task<BatchFacts> ReadAsync(NpgsqlConnection connection, PostingBatch batch, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. batch.Accounts.Keys];
        KeyScope[] scopes = [.. batch.Scopes];
        Guid[] payees = [.. batch.PayeeIds];
        await using var command = new NpgsqlBatch(connection);
        command.BatchCommands.Add(Command(
            PostgresLedgerSql.InsertAccounts,
            Value(ids),
            Value<string?[]>([.. batch.Accounts.Values])));
        command.BatchCommands.Add(Command(PostgresLedgerSql.LockAccounts, Value(ids)));
        if (scopes.Length > 0)
        {
            command.BatchCommands.Add(Command(
                PostgresLedgerSql.FindByKey,
                Column(scopes, s => s.CallerId),
                Column(scopes, s => s.Route),
                Column(scopes, s => s.Key)));
        }

        if (batch.IsRepeat)
        {
            command.BatchCommands.Add(Command(
                PostgresLedgerSql.FindById, Column(batch.Requests, r => r.Id)));
        }

        if (payees.Length > 0)
        {
            command.BatchCommands.Add(Command(PostgresLedgerSql.FindPayees, Value(payees)));
        }

        var facts = new BatchFacts();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await ReadAccountsAsync(reader, batch, facts, cancellationToken);
        if (scopes.Length > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            await ReadPostingsAsync(reader, facts, byKey: true, cancellationToken);
        }

        if (batch.IsRepeat)
        {
            await reader.NextResultAsync(cancellationToken);
            await ReadPostingsAsync(reader, facts, byKey: false, cancellationToken);
        }

        if (payees.Length > 0)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                facts.Payees[reader.GetGuid(0)] = reader.GetBoolean(1);
            }
        }

        return facts;
    }

    private static async Task ReadAccountsAsync(
        NpgsqlDataReader reader, PostingBatch batch, BatchFacts facts, CancellationToken cancellationToken)
    {
        var made = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            made.Add(reader.GetGuid(0));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            facts.Accounts.Add(id, new AccountState
            {
                Id = id,
                IsMember = batch.Accounts[id] is null,
                IsNew = made.Contains(id),
                BalanceTokens = reader.GetInt64(1),
                Version = reader.GetInt64(2),
                DebtTokens = reader.GetInt64(3),
                PurchasedTokens = reader.GetInt64(4),
                SpentTokens = reader.GetInt64(5),
                EarnedTokens = reader.GetInt64(6),
            });
        }
    }

    private static async Task ReadPostingsAsync(
        NpgsqlDataReader reader, BatchFacts facts, bool byKey, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new StoredLeg(
                reader.GetGuid(4),
                reader.GetDateTime(5),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                reader.GetGuid(6),
                reader.IsDBNull(7) ? null : reader.GetInt64(7),
                reader.GetGuid(8),
                reader.IsDBNull(9) ? null : reader.GetInt64(9));
            if (byKey)
            {
                facts.AddByKey(new KeyScope(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)), row);
            }
            else
            {
                facts.AddById(row);
            }
        }
    }
}
