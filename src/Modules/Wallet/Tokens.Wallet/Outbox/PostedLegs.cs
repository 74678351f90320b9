using Microsoft.EntityFrameworkCore;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Outbox;

/// <summary>Reads batches as subscribers are told of them: each posting once for each member's account that it touches.</summary>
internal static class PostedLegs
{
    internal static async Task<List<PostedBatch>> ReadAsync(
        WalletDb wallet, IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken)
    {
        var legs = await LegsAsync(wallet.Transfers.Where(transfer => batchIds.Contains(transfer.BatchId)), cancellationToken);
        return [.. legs.GroupBy(leg => leg.BatchId).Select(ToBatch)];
    }

    internal static async Task<List<PostedEntry>> OfPostingsAsync(
        WalletDb wallet, IReadOnlyCollection<Guid> postingIds, CancellationToken cancellationToken)
    {
        var legs = await LegsAsync(wallet.Transfers.Where(transfer => postingIds.Contains(transfer.Id)), cancellationToken);
        return [.. ToEntries(legs)];
    }

    private static Task<List<Leg>> LegsAsync(IQueryable<TransferRow> transfers, CancellationToken cancellationToken) => transfers
            .Select(transfer => new Leg(
                transfer.BatchId,
                transfer.Id,
                transfer.Leg,
                transfer.Kind,
                transfer.DebitAccountId,
                transfer.DebitVersion != null,
                transfer.CreditAccountId,
                transfer.CreditVersion != null,
                transfer.Tokens,
                transfer.PostedAt))
            .ToListAsync(cancellationToken);

    private static PostedBatch ToBatch(IGrouping<Guid, Leg> legs) => new(legs.Key, legs.First().PostedAt, [.. ToEntries(legs)]);

    private static IEnumerable<PostedEntry> ToEntries(IEnumerable<Leg> legs) =>
        legs.GroupBy(leg => leg.PostingId).SelectMany(posting => OfPosting([.. posting.OrderBy(leg => leg.Number)]));

    // As in a member's history: all legs are one entry, of the kind of the first that touches the account.
    private static IEnumerable<PostedEntry> OfPosting(List<Leg> legs)
    {
        var members = legs.SelectMany(leg => leg.Members()).Distinct();
        foreach (var member in members)
        {
            var head = legs.First(leg => leg.Touches(member));
            var tokens = legs.Sum(leg => leg.TokensOf(member));
            yield return new PostedEntry(head.PostingId, member, head.Kind, tokens, head.Counterparty(member), head.PostedAt);
        }
    }

    private sealed record Leg(
        Guid BatchId,
        Guid PostingId,
        short Number,
        TransferKind Kind,
        Guid DebitId,
        bool DebitIsMember,
        Guid CreditId,
        bool CreditIsMember,
        long Tokens,
        DateTime PostedAt)
    {
        internal IEnumerable<Guid> Members()
        {
            if (DebitIsMember)
            {
                yield return DebitId;
            }

            if (CreditIsMember)
            {
                yield return CreditId;
            }
        }

        internal bool Touches(Guid member) => DebitId == member || CreditId == member;

        internal long TokensOf(Guid member) => CreditId == member ? Tokens : DebitId == member ? -Tokens : 0;

        internal Guid? Counterparty(Guid member) =>
            DebitId == member ? CreditIsMember ? CreditId : null : DebitIsMember ? DebitId : null;
    }
}
