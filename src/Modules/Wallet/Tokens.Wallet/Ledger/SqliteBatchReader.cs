using Microsoft.Data.Sqlite;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Wallet.Ledger;

/// <summary>Reads what a batch's decisions depend on, inside its SQLite transaction.</summary>
internal sealed class SqliteBatchReader(SqliteStatements statements)
{
    private const string Legs = """
        SELECT t.id, t.posted_at, t.payload_hash, t.debit_account_id, t.debit_balance_after, t.credit_account_id, t.credit_balance_after
        FROM transfers t
        """;

    internal BatchFacts Read(PostingBatch batch)
    {
        var facts = new BatchFacts();
        ReadAccounts(batch, facts);
        ReadByKey(batch, facts);
        if (batch.IsRepeat)
        {
            ReadById(batch, facts);
        }

        using var command = statements.Prepare("SELECT is_creator FROM members WHERE id = $id", "$id");
        foreach (var id in batch.PayeeIds)
        {
            if (SqliteStatements.Set(command, SqliteValues.ToBytes(id)).ExecuteScalar() is long isCreator)
            {
                facts.Payees[id] = isCreator != 0;
            }
        }

        return facts;
    }

    private void ReadAccounts(PostingBatch batch, BatchFacts facts)
    {
        using var insert = statements.Prepare(
            """
            INSERT INTO accounts (id, system_name, balance_tokens, version, debt_tokens, purchased_tokens, spent_tokens, earned_tokens)
            VALUES ($id, $name, 0, 0, 0, 0, 0, 0) ON CONFLICT (id) DO NOTHING
            """,
            "$id", "$name");
        using var select = statements.Prepare(
            """
            SELECT balance_tokens, version, debt_tokens, purchased_tokens, spent_tokens, earned_tokens FROM accounts WHERE id = $id
            """,
            "$id");
        foreach (var (id, name) in batch.Accounts)
        {
            var made = SqliteStatements.Set(insert, SqliteValues.ToBytes(id), name).ExecuteNonQuery();
            using var reader = SqliteStatements.Set(select, SqliteValues.ToBytes(id)).ExecuteReader();
            reader.Read();
            facts.Accounts.Add(id, new AccountState
            {
                Id = id,
                IsMember = name is null,
                IsNew = made > 0,
                BalanceTokens = reader.GetInt64(0),
                Version = reader.GetInt64(1),
                DebtTokens = reader.GetInt64(2),
                PurchasedTokens = reader.GetInt64(3),
                SpentTokens = reader.GetInt64(4),
                EarnedTokens = reader.GetInt64(5),
            });
        }
    }

    private void ReadByKey(PostingBatch batch, BatchFacts facts)
    {
        using var select = statements.Prepare(
            Legs + """
             JOIN transfers h ON h.id = t.id
            WHERE h.caller_id = $caller AND h.route = $route AND h.idempotency_key = $key
            """,
            "$caller", "$route", "$key");
        foreach (var scope in batch.Scopes)
        {
            using var reader = SqliteStatements.Set(select, SqliteValues.ToBytes(scope.CallerId), scope.Route, scope.Key).ExecuteReader();
            while (reader.Read())
            {
                facts.AddByKey(scope, ToLeg(reader));
            }
        }
    }

    private void ReadById(PostingBatch batch, BatchFacts facts)
    {
        using var select = statements.Prepare(Legs + " WHERE t.id = $id", "$id");
        foreach (var request in batch.Requests)
        {
            using var reader = SqliteStatements.Set(select, SqliteValues.ToBytes(request.Id)).ExecuteReader();
            while (reader.Read())
            {
                facts.AddById(ToLeg(reader));
            }
        }
    }

    private static StoredLeg ToLeg(SqliteDataReader reader) => new(
        SqliteValues.ToId(reader.GetFieldValue<byte[]>(0)),
        SqliteValues.ToInstant(reader.GetInt64(1)),
        reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2),
        SqliteValues.ToId(reader.GetFieldValue<byte[]>(3)),
        reader.IsDBNull(4) ? null : reader.GetInt64(4),
        SqliteValues.ToId(reader.GetFieldValue<byte[]>(5)),
        reader.IsDBNull(6) ? null : reader.GetInt64(6));
}
