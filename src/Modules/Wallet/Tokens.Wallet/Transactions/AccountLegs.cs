using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>
/// The two sides of an account's history; each has an index by version of its own. What is read is bounded by limits that never cut:
/// PostgreSQL, which takes versions for independent of accounts, otherwise expects a page to be a large part of the table and reads that.
/// </summary>
internal static class AccountLegs
{
    internal static IQueryable<LegOfAccount> DebitsOf(this IQueryable<TransferRow> transfers, Guid accountId) => transfers
        .Where(t => t.DebitAccountId == accountId && t.DebitVersion != null)
        .Select(t => new LegOfAccount
        {
            Id = t.Id,
            Leg = t.Leg,
            Kind = t.Kind,
            Incoming = false,
            Tokens = t.Tokens,
            Version = t.DebitVersion!.Value,
            BalanceAfter = t.DebitBalanceAfter,
            OtherAccountId = t.CreditAccountId,
            OtherIsMember = t.CreditVersion != null,
            Reference = t.Reference,
            PostedAt = t.PostedAt,
        });

    internal static IQueryable<LegOfAccount> CreditsOf(this IQueryable<TransferRow> transfers, Guid accountId) => transfers
        .Where(t => t.CreditAccountId == accountId && t.CreditVersion != null)
        .Select(t => new LegOfAccount
        {
            Id = t.Id,
            Leg = t.Leg,
            Kind = t.Kind,
            Incoming = true,
            Tokens = t.Tokens,
            Version = t.CreditVersion!.Value,
            BalanceAfter = t.CreditBalanceAfter,
            OtherAccountId = t.DebitAccountId,
            OtherIsMember = t.DebitVersion != null,
            Reference = t.Reference,
            PostedAt = t.PostedAt,
        });

    /// <summary>The first leg of each entry up to that version: it alone carries the balance, so each is counted once.</summary>
    internal static IQueryable<LegOfAccount> Heads(this IQueryable<LegOfAccount> legs, long highest) =>
        legs.Where(leg => leg.BalanceAfter != null && leg.Version <= highest);

    /// <summary>Those of one side that lie in these blocks.</summary>
    internal static IQueryable<LegOfAccount> InBlocks(this IQueryable<LegOfAccount> heads, WalletDb db, Guid accountId, List<long> numbers)
    {
        var blocks = db.EntryBlocks.Where(block => block.AccountId == accountId && numbers.Contains(block.Block));
        // SQLite knows no join of which one side depends on the other, but takes the tables of a cross join in their order.
        return db.IsSqlite
            ? blocks.SelectMany(_ => heads, (block, leg) => new { block.Block, Leg = leg })
                .Where(pair => pair.Leg.Version > pair.Block * EntryBlocks.Size && pair.Leg.Version <= (pair.Block + 1) * EntryBlocks.Size)
                .Select(pair => pair.Leg)
            : blocks.SelectMany(block => heads
                .Where(leg => leg.Version > block.Block * EntryBlocks.Size && leg.Version <= (block.Block + 1) * EntryBlocks.Size)
                .OrderByDescending(leg => leg.Version).Take(EntryBlocks.Size));
    }
}
