using Microsoft.EntityFrameworkCore;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Transactions;

/// <summary>
/// Reads an account's entries by its version, which is gapless: a page without a filter is a range of versions, at any depth.
/// </summary>
internal sealed class EntryQuery(WalletDb db, TokenValue value)
{
    /// <summary>Entries with versions from <paramref name="lowest"/> to <paramref name="highest"/>, newest first.</summary>
    internal async Task<List<Entry>> RangeAsync(Guid accountId, long lowest, long highest, CancellationToken cancellationToken)
    {
        var legs = await Debits(accountId).Concat(Credits(accountId))
            .Where(leg => leg.Version >= lowest && leg.Version <= highest)
            .ToListAsync(cancellationToken);
        return await ToEntriesAsync(legs, cancellationToken);
    }

    /// <summary>
    /// At most <paramref name="count"/> matching entries with versions below <paramref name="below"/>, newest first, and the
    /// lowest version among them.
    /// </summary>
    internal async Task<(List<Entry> Entries, long? Lowest)> MatchingAsync(
        Guid accountId, EntryFilter filter, long below, int skip, int count, CancellationToken cancellationToken)
    {
        // Each side is cut before they are joined, so that the index serves the order.
        var versions = await Newest(Debits(accountId), filter, below, skip + count)
            .Concat(Newest(Credits(accountId), filter, below, skip + count))
            .OrderByDescending(version => version)
            .Skip(skip).Take(count)
            .ToListAsync(cancellationToken);
        if (versions.Count == 0)
        {
            return ([], null);
        }

        var legs = await Debits(accountId).Concat(Credits(accountId))
            .Where(leg => versions.Contains(leg.Version))
            .ToListAsync(cancellationToken);
        return (await ToEntriesAsync(legs, cancellationToken), versions[^1]);
    }

    // Only the first leg of an entry that touches the account carries the balance, so each entry is counted once.
    private static IQueryable<long> Newest(IQueryable<LegOfAccount> legs, EntryFilter filter, long below, int count)
    {
        var heads = legs.Where(leg => leg.BalanceAfter != null && leg.Version < below);
        if (filter.Type is { } type)
        {
            var (kind, incoming) = EntryTypes.Parse(type);
            heads = heads.Where(leg => leg.Kind == kind && (incoming == null || leg.Incoming == incoming));
        }

        if (filter.From is { } from)
        {
            heads = heads.Where(leg => leg.PostedAt >= from);
        }

        if (filter.To is { } to)
        {
            heads = heads.Where(leg => leg.PostedAt < to);
        }

        return heads.Select(leg => leg.Version).OrderByDescending(version => version).Take(count);
    }

    private IQueryable<LegOfAccount> Debits(Guid accountId) => db.Transfers
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

    private IQueryable<LegOfAccount> Credits(Guid accountId) => db.Transfers
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

    private async Task<List<Entry>> ToEntriesAsync(List<LegOfAccount> legs, CancellationToken cancellationToken)
    {
        var ids = legs.Select(leg => leg.Id).Distinct().ToList();
        var words = await db.Words.AsNoTracking().Where(w => ids.Contains(w.TransferId))
            .ToDictionaryAsync(w => w.TransferId, cancellationToken);
        return [.. legs
            .GroupBy(leg => leg.Version)
            .OrderByDescending(entry => entry.Key)
            .Select(entry => ToEntry([.. entry.OrderBy(leg => leg.Leg)], words.GetValueOrDefault(entry.First().Id)))];
    }

    private Entry ToEntry(List<LegOfAccount> legs, TransferWordsRow? words)
    {
        var head = legs[0];
        var tokens = legs.Sum(leg => leg.Incoming ? leg.Tokens : -leg.Tokens);
        return new Entry(
            head.Id,
            EntryTypes.Of(head.Kind, head.Incoming),
            tokens,
            value.UsdOf(tokens),
            "completed",
            head.BalanceAfter ?? throw new InvalidOperationException("The first leg of an entry carries the balance."),
            head.OtherIsMember ? head.OtherAccountId : null,
            words?.Channel,
            words?.Message,
            head.Reference,
            head.PostedAt);
    }

    private sealed class LegOfAccount
    {
        public required Guid Id { get; init; }

        public required short Leg { get; init; }

        public required TransferKind Kind { get; init; }

        public required bool Incoming { get; init; }

        public required long Tokens { get; init; }

        public required long Version { get; init; }

        public required long? BalanceAfter { get; init; }

        public required Guid OtherAccountId { get; init; }

        public required bool OtherIsMember { get; init; }

        public required string? Reference { get; init; }

        public required DateTime PostedAt { get; init; }
    }
}
