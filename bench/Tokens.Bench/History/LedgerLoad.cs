using Npgsql;
using NpgsqlTypes;
using Tokens.Wallet.Data;

namespace Tokens.Bench.History;

/// <summary>Brings a past ledger into the product's tables by COPY.</summary>
internal static class LedgerLoad
{
    private const string Members =
        "COPY wallet.members (id, display_name, is_creator, said_at, said_by_directory, created_at) FROM STDIN (FORMAT BINARY)";

    private const string Accounts = """
        COPY wallet.accounts (id, system_name, balance_tokens, version, debt_tokens, purchased_tokens, spent_tokens, earned_tokens)
        FROM STDIN (FORMAT BINARY)
        """;

    private const string Transfers = """
        COPY wallet.transfers
            (id, leg, kind, debit_account_id, credit_account_id, tokens, debit_version, debit_balance_after,
             credit_version, credit_balance_after, caller_id, route, batch_id, posted_at)
        FROM STDIN (FORMAT BINARY)
        """;

    // Every tenth tip comes with a message, so that pages have some to fetch.
    private const string Words = """
        INSERT INTO wallet.transfer_words (transfer_id, message)
        SELECT id, 'Thank you!' FROM wallet.transfers WHERE kind = 5 AND tokens % 10 = 0
        """;

    internal static async Task RunAsync(PastLedger ledger, string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "SET maintenance_work_mem = '1GB'", cancellationToken);
        await CopyAsync(connection, Members, ledger.Members, WriteAsync, cancellationToken);
        await using (await LaidAsideIndexes.OfTransfersAsync(connection, cancellationToken))
        {
            await CopyAsync(connection, Transfers, ledger.Transfers(), WriteAsync, cancellationToken);
        }

        await CopyAsync(connection, Accounts, ledger.Accounts, WriteAsync, cancellationToken);
        await ExecuteAsync(connection, Words, cancellationToken);
        // What autovacuum would have done in the course of a year.
        await ExecuteAsync(connection, "VACUUM ANALYZE", cancellationToken);
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection,
        string copy,
        IEnumerable<T> rows,
        Func<NpgsqlBinaryImporter, T, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            await write(importer, row, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter row, MemberRow member, CancellationToken cancellationToken)
    {
        await row.WriteAsync(member.Id, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(member.DisplayName, NpgsqlDbType.Varchar, cancellationToken);
        await row.WriteAsync(member.IsCreator, NpgsqlDbType.Boolean, cancellationToken);
        await row.WriteAsync(member.SaidAt, NpgsqlDbType.TimestampTz, cancellationToken);
        await row.WriteAsync(member.SaidByDirectory, NpgsqlDbType.Boolean, cancellationToken);
        await row.WriteAsync(member.CreatedAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter row, AccountRow account, CancellationToken cancellationToken)
    {
        await row.WriteAsync(account.Id, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(account.SystemName, NpgsqlDbType.Varchar, cancellationToken);
        await row.WriteAsync(account.BalanceTokens, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(account.Version, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(account.DebtTokens, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(account.PurchasedTokens, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(account.SpentTokens, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(account.EarnedTokens, NpgsqlDbType.Bigint, cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter row, TransferRow transfer, CancellationToken cancellationToken)
    {
        await row.WriteAsync(transfer.Id, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(transfer.Leg, NpgsqlDbType.Smallint, cancellationToken);
        await row.WriteAsync((short)transfer.Kind, NpgsqlDbType.Smallint, cancellationToken);
        await row.WriteAsync(transfer.DebitAccountId, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(transfer.CreditAccountId, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(transfer.Tokens, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(transfer.DebitVersion, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(transfer.DebitBalanceAfter, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(transfer.CreditVersion, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(transfer.CreditBalanceAfter, NpgsqlDbType.Bigint, cancellationToken);
        await row.WriteAsync(transfer.CallerId, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(transfer.Route, NpgsqlDbType.Varchar, cancellationToken);
        await row.WriteAsync(transfer.BatchId, NpgsqlDbType.Uuid, cancellationToken);
        await row.WriteAsync(transfer.PostedAt, NpgsqlDbType.TimestampTz, cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
