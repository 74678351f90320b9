using Tokens.Platform.Inputs;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>Which entries are wanted.</summary>
/// <param name="Type">One of <see cref="EntryTypes.All"/>, or null for all.</param>
/// <param name="From">First moment wanted.</param>
/// <param name="To">First moment no longer wanted.</param>
internal sealed record EntryFilter(string? Type, DateTime? From, DateTime? To)
{
    internal bool IsEmpty => Type is null && From is null && To is null;

    internal static EntryFilter Read(InputReader input, bool withType)
    {
        var type = withType ? input.Query.OptionalChoice("type", "Invalid transaction type", EntryTypes.All) : null;
        var (from, to) = input.Query.OptionalRange("Invalid date range");
        return new EntryFilter(type, from, to);
    }

    /// <summary>The matching ones of <paramref name="heads"/>.</summary>
    internal IQueryable<LegOfAccount> Matching(IQueryable<LegOfAccount> heads)
    {
        if (Type is { } type)
        {
            var (kind, incoming) = EntryTypes.Parse(type);
            heads = heads.Where(leg => leg.Kind == kind && (incoming == null || leg.Incoming == incoming));
        }

        if (From is { } from)
        {
            heads = heads.Where(leg => leg.PostedAt >= from);
        }

        return To is { } to ? heads.Where(leg => leg.PostedAt < to) : heads;
    }

    /// <summary>The account's blocks in which matching entries may lie.</summary>
    internal IQueryable<EntryBlockRow> Blocks(WalletDb db, Guid accountId)
    {
        var bits = BitsOf(incoming: false) | BitsOf(incoming: true);
        var blocks = db.EntryBlocks.Where(block => block.AccountId == accountId && (block.Types & bits) != 0);
        if (From is { } from)
        {
            blocks = blocks.Where(block => block.LatestAt >= from);
        }

        return To is { } to ? blocks.Where(block => block.EarliestAt < to) : blocks;
    }

    /// <summary>The bits of <see cref="EntryBlockRow.Types"/> under which the matching entries of one side stand.</summary>
    internal long BitsOf(bool incoming)
    {
        if (Type is null)
        {
            return -1;
        }

        var (kind, side) = EntryTypes.Parse(Type);
        return (side ?? incoming) == incoming ? EntryBlocks.BitOf(kind, incoming) : 0;
    }
}
