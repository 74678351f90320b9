using Microsoft.EntityFrameworkCore;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>Reads an account's entries, each with all of its legs and words.</summary>
internal sealed class EntryQuery(WalletDb db, TokenValue value)
{
    /// <summary>Entries with versions from <paramref name="lowest"/> to <paramref name="highest"/>, newest first.</summary>
    internal Task<List<Entry>> RangeAsync(Guid accountId, long lowest, long highest, CancellationToken cancellationToken)
    {
        var legsMax = (int)(highest - lowest + 1) * Posting.LegsMax;
        return ToEntriesAsync(
            Side(db.Transfers.DebitsOf(accountId)).Concat(Side(db.Transfers.CreditsOf(accountId))), cancellationToken);

        IQueryable<LegOfAccount> Side(IQueryable<LegOfAccount> legs) => legs.Where(leg => leg.Version >= lowest && leg.Version <= highest)
            .OrderByDescending(leg => leg.Version).ThenByDescending(leg => leg.Leg).Take(legsMax);
    }

    /// <summary>What these postings were to the account, newest first.</summary>
    internal Task<List<Entry>> OfPostingsAsync(Guid accountId, List<Guid> ids, CancellationToken cancellationToken)
    {
        var transfers = db.Transfers.Where(t => ids.Contains(t.Id)).OrderBy(t => t.Id).ThenBy(t => t.Leg).Take(ids.Count * Posting.LegsMax);
        return ToEntriesAsync(transfers.DebitsOf(accountId).Concat(transfers.CreditsOf(accountId)), cancellationToken);
    }

    private async Task<List<Entry>> ToEntriesAsync(IQueryable<LegOfAccount> legs, CancellationToken cancellationToken)
    {
        var spoken = await legs
            .LeftJoin(db.Words, leg => leg.Id, words => words.TransferId, (leg, words) => new SpokenLeg(leg, words!.Channel, words.Message))
            .ToListAsync(cancellationToken);
        return [.. spoken.GroupBy(each => each.Leg.Version).OrderByDescending(entry => entry.Key).Select(entry => ToEntry([.. entry]))];
    }

    private Entry ToEntry(List<SpokenLeg> legs)
    {
        var (head, channel, message) = legs.MinBy(each => each.Leg.Leg)!;
        var tokens = legs.Sum(each => each.Leg.Incoming ? each.Leg.Tokens : -each.Leg.Tokens);
        return new Entry(
            head.Id,
            EntryTypes.Of(head.Kind, head.Incoming),
            tokens,
            value.UsdOf(tokens),
            "completed",
            head.BalanceAfter ?? throw new InvalidOperationException("The first leg of an entry carries the balance."),
            head.OtherIsMember ? head.OtherAccountId : null,
            channel,
            message,
            head.Reference,
            head.PostedAt);
    }

    /// <summary>A leg with the posting's words.</summary>
    private sealed record SpokenLeg(LegOfAccount Leg, string? Channel, string? Message);
}
