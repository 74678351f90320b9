using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>
/// Finds an account's newest entries. Without a filter they are a range of versions. By type or time, what is newer than the last block
/// is looked through; of all that is older only the blocks in which such entries may lie are.
/// </summary>
internal sealed class EntrySearch(IModuleDb<WalletDb> db, EntryBlocks blocks, TokenValue value)
{
    // Where most entries match, a few blocks hold a page; where few do, nearly every block that may hold one does.
    private const int BlocksFirst = 8;
    private const int BlocksAtOnceMax = 256;

    /// <summary>
    /// At most <paramref name="count"/> matching entries with versions below <paramref name="below"/>, without the newest
    /// <paramref name="skip"/> of them.
    /// </summary>
    internal Task<EntryPage> NewestAsync(
        Guid accountId, EntryFilter filter, long below, int skip, int count, CancellationToken cancellationToken) => filter.IsEmpty
            ? db.ReadAsync((wallet, token) => RangeAsync(wallet, accountId, below, skip, count, token), cancellationToken)
            : MatchingAsync(accountId, filter, below, skip, count, cancellationToken);

    private async Task<EntryPage> RangeAsync(
        WalletDb wallet, Guid accountId, long below, int skip, int count, CancellationToken cancellationToken)
    {
        var total = await wallet.Accounts.Where(a => a.Id == accountId).Select(a => a.Version).SingleOrDefaultAsync(cancellationToken);
        var highest = Math.Min(below - 1, total) - skip;
        if (highest < 1)
        {
            return new EntryPage([], null, total);
        }

        var lowest = Math.Max(1, highest - count + 1);
        var entries = await new EntryQuery(wallet, value).RangeAsync(accountId, lowest, highest, cancellationToken);
        return new EntryPage(entries, lowest > 1 ? lowest : null, total);
    }

    private async Task<EntryPage> MatchingAsync(
        Guid accountId, EntryFilter filter, long below, int skip, int count, CancellationToken cancellationToken)
    {
        var (total, inBlocks) = await blocks.CatchUpAsync(accountId, cancellationToken);
        return await db.ReadAsync(
            async (wallet, token) =>
            {
                // Only what was there when the blocks were counted, so that what lies behind them is no more than was found then.
                var found = await FindAsync(wallet, accountId, filter, Math.Min(below - 1, total), inBlocks, skip + count, token);
                var page = found.Skip(skip).ToList();
                if (page.Count == 0)
                {
                    return new EntryPage([], Next: null, Total: null);
                }

                var entries = await new EntryQuery(wallet, value).OfPostingsAsync(accountId, [.. page.Select(head => head.Id)], token);
                var lowest = page[^1].Version;
                return new EntryPage(entries, page.Count == count && lowest > 1 ? lowest : null, Total: null);
            },
            cancellationToken);
    }

    private static async Task<List<FoundHead>> FindAsync(
        WalletDb wallet, Guid accountId, EntryFilter filter, long highest, long inBlocks, int count, CancellationToken cancellationToken)
    {
        var debits = wallet.Transfers.DebitsOf(accountId).Heads(highest);
        var credits = wallet.Transfers.CreditsOf(accountId).Heads(highest);
        var found = new List<FoundHead>();
        if (highest > inBlocks)
        {
            found.AddRange(await Newest(Tail(debits), Tail(credits), filter, count).ToListAsync(cancellationToken));
        }

        for (var top = Math.Min(highest, inBlocks); found.Count < count && top > 0;)
        {
            var blocksMax = Math.Min(count - found.Count + BlocksFirst, BlocksAtOnceMax);
            var candidates = await filter.Blocks(wallet, accountId).Where(block => block.Block * EntryBlocks.Size < top)
                .OrderByDescending(block => block.Block).Take(blocksMax).AsNoTracking().ToListAsync(cancellationToken);
            var size = BlocksFirst + (count / EntryBlocks.Size);
            for (var start = 0; start < candidates.Count && found.Count < count;)
            {
                var some = candidates.Skip(start).Take(size).ToList();
                var (debitsIn, creditsIn) = (In(some, debits, incoming: false), In(some, credits, incoming: true));
                var matches = await Newest(debitsIn, creditsIn, filter, count - found.Count).ToListAsync(cancellationToken);
                found.AddRange(matches);
                start += some.Count;
                // As many more as hold the rest, if they hold what these did.
                size = ((count - found.Count) * some.Count / Math.Max(matches.Count, 1)) + 2;
            }

            top = candidates.Count < blocksMax ? 0 : candidates[^1].Block * EntryBlocks.Size;
        }

        return found;

        IQueryable<LegOfAccount> In(List<EntryBlockRow> some, IQueryable<LegOfAccount> heads, bool incoming) => heads.InBlocks(
            wallet, accountId, [.. some.Where(block => (block.Types & filter.BitsOf(incoming)) != 0).Select(block => block.Block)]);

        IQueryable<LegOfAccount> Tail(IQueryable<LegOfAccount> heads) =>
            heads.Where(leg => leg.Version > inBlocks).OrderByDescending(leg => leg.Version).Take((int)(highest - inBlocks));
    }

    private static IQueryable<FoundHead> Newest(
        IQueryable<LegOfAccount> debits, IQueryable<LegOfAccount> credits, EntryFilter filter, int count)
    {
        return Side(debits).Concat(Side(credits)).OrderByDescending(head => head.Version).Take(count);

        IQueryable<FoundHead> Side(IQueryable<LegOfAccount> heads) => filter.Matching(heads)
            .Select(leg => new FoundHead { Version = leg.Version, Id = leg.Id }).OrderByDescending(head => head.Version).Take(count);
    }

    private sealed class FoundHead
    {
        public required long Version { get; init; }

        public required Guid Id { get; init; }
    }
}
