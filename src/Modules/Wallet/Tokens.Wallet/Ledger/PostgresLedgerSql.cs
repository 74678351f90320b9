namespace Tokens.Wallet.Ledger;

/// <summary>The statements of the posting path on PostgreSQL: each carries a whole batch as arrays.</summary>
internal static class PostgresLedgerSql
{
    internal const string InsertAccounts = """
        INSERT INTO wallet.accounts
            (id, system_name, balance_tokens, version, debt_tokens, purchased_tokens, spent_tokens, earned_tokens)
        SELECT id, name, 0, 0, 0, 0, 0, 0 FROM unnest($1, $2) AS a (id, name) ORDER BY id
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """;

    internal const string LockAccounts = """
        SELECT id, balance_tokens, version, debt_tokens, purchased_tokens, spent_tokens, earned_tokens
        FROM wallet.accounts WHERE id = ANY ($1) ORDER BY id FOR UPDATE
        """;

    internal const string FindExisting = "SELECT id FROM wallet.accounts WHERE id = ANY ($1)";

    internal const string FindFree = "SELECT id FROM wallet.accounts WHERE id = ANY ($1) ORDER BY id FOR UPDATE SKIP LOCKED";

    internal const string FindByKey = """
        SELECT h.caller_id, h.route, h.idempotency_key, h.payload_hash, t.id, t.posted_at,
               t.debit_account_id, t.debit_balance_after, t.credit_account_id, t.credit_balance_after
        FROM unnest($1, $2, $3) AS k (caller_id, route, key)
        JOIN wallet.transfers h ON h.caller_id = k.caller_id AND h.route = k.route AND h.idempotency_key = k.key
        JOIN wallet.transfers t ON t.id = h.id
        """;

    internal const string FindById = """
        SELECT t.caller_id, t.route, t.idempotency_key, t.payload_hash, t.id, t.posted_at,
               t.debit_account_id, t.debit_balance_after, t.credit_account_id, t.credit_balance_after
        FROM wallet.transfers t WHERE t.id = ANY ($1)
        """;

    internal const string FindPayees = "SELECT id, is_creator FROM wallet.members WHERE id = ANY ($1)";

    internal const string InsertTransfers = """
        INSERT INTO wallet.transfers
            (id, leg, kind, debit_account_id, credit_account_id, tokens, debit_version, debit_balance_after,
             credit_version, credit_balance_after, caller_id, route, idempotency_key, payload_hash, reference, batch_id, posted_at)
        SELECT id, leg, kind, debit, credit, tokens, debit_version, debit_after, credit_version, credit_after,
               caller_id, route, key, hash, reference, $16, $17
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            AS t (id, leg, kind, debit, credit, tokens, debit_version, debit_after, credit_version, credit_after,
                  caller_id, route, key, hash, reference)
        """;

    internal const string UpdateAccounts = """
        UPDATE wallet.accounts a
        SET balance_tokens = n.balance, version = n.version, purchased_tokens = n.purchased, spent_tokens = n.spent,
            earned_tokens = n.earned
        FROM unnest($1, $2, $3, $4, $5, $6) AS n (id, balance, version, purchased, spent, earned)
        WHERE a.id = n.id
        """;

    internal const string DeleteAccounts = "DELETE FROM wallet.accounts WHERE id = ANY ($1)";

    internal const string InsertWords = """
        INSERT INTO wallet.transfer_words (transfer_id, channel, message) SELECT id, channel, message
        FROM unnest($1, $2, $3) AS w (id, channel, message)
        """;

    internal const string InsertOutbox = "INSERT INTO wallet.outbox (batch_id, transfers, posted_at, trace_parent) VALUES ($1, $2, $3, $4)";
}
