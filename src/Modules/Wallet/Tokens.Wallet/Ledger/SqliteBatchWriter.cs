using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Telemetry;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Ledger;

/// <summary>Writes what a batch has decided, inside its SQLite transaction.</summary>
internal sealed class SqliteBatchWriter(SqliteStatements statements)
{
    internal void Write(BatchFacts facts, BatchDecider decider)
    {
        InsertTransfers(decider.Transfers);
        UpdateAccounts(facts.Accounts.Values.Where(account => account.IsChanged));
        using (var delete = statements.Prepare("DELETE FROM accounts WHERE id = $id", "$id"))
        {
            foreach (var id in facts.UnusedAccounts)
            {
                SqliteStatements.Set(delete, SqliteValues.ToBytes(id)).ExecuteNonQuery();
            }
        }

        using (var words = statements.Prepare("INSERT INTO transfer_words (transfer_id, channel, message) VALUES ($id, $channel, $message)",
            "$id", "$channel", "$message"))
        {
            foreach (var word in decider.Words)
            {
                SqliteStatements.Set(words, SqliteValues.ToBytes(word.TransferId), word.Channel, word.Message).ExecuteNonQuery();
            }
        }

        var first = decider.Transfers[0];
        using var outbox = statements.Prepare(
            "INSERT INTO outbox (batch_id, transfers, posted_at, trace_parent) VALUES ($id, $count, $at, $trace)", "$id", "$count", "$at", "$trace");
        SqliteStatements.Set(
            outbox,
            SqliteValues.ToBytes(first.BatchId),
            decider.Transfers.Count,
            SqliteValues.ToMilliseconds(first.PostedAt),
            TraceParent.Current).ExecuteNonQuery();
    }

    private void InsertTransfers(List<TransferRow> transfers)
    {
        using var insert = statements.Prepare(
            """
            INSERT INTO transfers
                (id, leg, kind, debit_account_id, credit_account_id, tokens, debit_version, debit_balance_after,
                 credit_version, credit_balance_after, caller_id, route, idempotency_key, payload_hash, reference, batch_id, posted_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """,
            "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17");
        foreach (var row in transfers)
        {
            SqliteStatements.Set(
                insert,
                SqliteValues.ToBytes(row.Id),
                row.Leg,
                (short)row.Kind,
                SqliteValues.ToBytes(row.DebitAccountId),
                SqliteValues.ToBytes(row.CreditAccountId),
                row.Tokens,
                row.DebitVersion,
                row.DebitBalanceAfter,
                row.CreditVersion,
                row.CreditBalanceAfter,
                SqliteValues.ToBytes(row.CallerId),
                row.Route,
                row.IdempotencyKey,
                row.PayloadHash,
                row.Reference,
                SqliteValues.ToBytes(row.BatchId),
                SqliteValues.ToMilliseconds(row.PostedAt)).ExecuteNonQuery();
        }
    }

    private void UpdateAccounts(IEnumerable<AccountState> changed)
    {
        using var update = statements.Prepare(
            """
            UPDATE accounts SET balance_tokens = $balance, version = $version, purchased_tokens = $purchased,
                spent_tokens = $spent, earned_tokens = $earned
            WHERE id = $id
            """,
            "$id", "$balance", "$version", "$purchased", "$spent", "$earned");
        foreach (var account in changed)
        {
            SqliteStatements.Set(
                update,
                SqliteValues.ToBytes(account.Id),
                account.BalanceTokens,
                account.Version,
                account.PurchasedTokens,
                account.SpentTokens,
                account.EarnedTokens).ExecuteNonQuery();
        }
    }
}
