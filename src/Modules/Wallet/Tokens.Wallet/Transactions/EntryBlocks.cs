using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>Makes the blocks of a long history when somebody searches it: postings pay nothing for them.</summary>
internal sealed class EntryBlocks(IModuleDb<WalletDb> db, IOptions<WalletOptions> options)
{
    /// <summary>Versions in a block.</summary>
    internal const int Size = 64;

    // In the order of their keys, so that two searchers wait for each other and never both ways; distinct powers of two add up to their union.
    private const string Made = """
        SELECT {0}, block, CAST(SUM(DISTINCT CAST(1 AS bigint) << type) AS bigint), MIN(posted_at), MAX(posted_at)
        FROM heads GROUP BY block ORDER BY block
        ON CONFLICT DO NOTHING
        """;

    private const string OnPostgres = """
        WITH heads AS (
            SELECT (debit_version - 1) / {3} AS block, 2 * kind AS type, posted_at FROM wallet.transfers
            WHERE debit_account_id = {0} AND debit_version > {1} AND debit_version <= {2} AND debit_balance_after IS NOT NULL
            UNION ALL
            SELECT (credit_version - 1) / {3}, 2 * kind + 1, posted_at FROM wallet.transfers
            WHERE credit_account_id = {0} AND credit_version > {1} AND credit_version <= {2} AND credit_balance_after IS NOT NULL)
        INSERT INTO wallet.entry_blocks (account_id, block, types, earliest_at, latest_at)
        """ + "\n" + Made;

    private static readonly string OnSqlite = OnPostgres.Replace("wallet.", "", StringComparison.Ordinal);

    /// <summary>The bit of <see cref="EntryBlockRow.Types"/> under which such entries stand.</summary>
    internal static long BitOf(TransferKind kind, bool incoming) => (incoming ? 2L : 1L) << (2 * (int)kind);

    /// <summary>
    /// Makes what is missing, if that is much. Returns how many entries the account had before, and the version up to which there are blocks.
    /// </summary>
    internal async Task<(long Total, long InBlocks)> CatchUpAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var (total, made) = await db.ReadAsync((wallet, token) => CountAsync(wallet, accountId, token), cancellationToken);
        var full = total / Size;
        if (full - made > options.Value.BlocksMissingMax)
        {
            while (made < full)
            {
                var next = Math.Min(full, made + options.Value.BlocksMadeMax);
                await db.WriteAsync((wallet, token) => MakeAsync(wallet, accountId, made * Size, next * Size, token), cancellationToken);
                made = next;
            }
        }

        return (total, made * Size);
    }

    private static async Task<(long Total, long Made)> CountAsync(WalletDb wallet, Guid accountId, CancellationToken cancellationToken)
    {
        var counts = await wallet.Accounts.Where(a => a.Id == accountId)
            .Select(a => new { a.Version, Last = wallet.EntryBlocks.Where(b => b.AccountId == accountId).Max(b => (long?)b.Block) })
            .SingleOrDefaultAsync(cancellationToken);
        return (counts?.Version ?? 0, counts?.Last + 1 ?? 0);
    }

    private static Task<int> MakeAsync(WalletDb wallet, Guid accountId, long after, long last, CancellationToken cancellationToken) =>
        wallet.IsSqlite
            ? wallet.Database.ExecuteSqlRawAsync(OnSqlite, [SqliteValues.ToBytes(accountId), after, last, Size], cancellationToken)
            : wallet.Database.ExecuteSqlRawAsync(OnPostgres, [accountId, after, last, Size], cancellationToken);
}
