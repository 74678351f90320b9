using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Tests.Parts;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

/// <summary>
/// An account's rows as postings leave them, by a clock that now and then jumps back: mostly tips it received, with a gift it got in 40,
/// a gift it sent in 90 (with a fee as second leg) and a payout in 300.
/// </summary>
internal sealed class LongHistory(int seed)
{
    private const int RowsAtOnce = 250;
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random _random = new(seed);
    private readonly Guid _other = Guid.NewGuid();
    private readonly List<Told> _entries = [];
    private DateTime _now = Start;

    internal Guid AccountId { get; } = Guid.NewGuid();

    internal IReadOnlyList<Told> Entries => _entries;

    /// <summary>Entry number n has version n + 1.</summary>
    internal sealed record Told(Guid Id, string Type, DateTime At);

    /// <summary>Posts so many more.</summary>
    internal async Task GrowAsync(IModuleDb<WalletDb> db, int entries)
    {
        var isNew = _entries.Count == 0;
        var rows = Enumerable.Range(0, entries).SelectMany(_ => Next().ToList()).ToList<object>();
        // A few at a time: thousands of rows at once may take a busy machine longer than the product waits for a database.
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await db.SaveAsync(some);
        }

        if (isNew)
        {
            await db.SaveAsync(new AccountRow { Id = AccountId, Version = _entries.Count });
            return;
        }

        await db.WriteAsync(
            async (wallet, token) =>
            {
                (await wallet.Accounts.FindAsync([AccountId], token))!.Version = _entries.Count;
                return await wallet.SaveChangesAsync(token);
            },
            CancellationToken.None);
    }

    /// <summary>What a search must find, newest first.</summary>
    internal IEnumerable<Guid> Matching(EntryFilter filter) => Enumerable.Reverse(_entries)
        .Where(entry => (filter.Type is null || entry.Type == filter.Type)
            && (filter.From is null || entry.At >= filter.From) && (filter.To is null || entry.At < filter.To))
        .Select(entry => entry.Id);

    private IEnumerable<TransferRow> Next()
    {
        _now += TimeSpan.FromMilliseconds(_random.Next(100) == 0 ? -_random.Next(3_600_000) : _random.Next(60_000));
        var version = _entries.Count + 1;
        var (type, kind, incoming) = version switch
        {
            _ when version % 300 == 0 => ("payout", TransferKind.Payout, false),
            _ when version % 90 == 0 => ("gift_sent", TransferKind.Gift, false),
            _ when version % 40 == 0 => ("gift_received", TransferKind.Gift, true),
            _ => ("tip", TransferKind.Tip, true),
        };
        var id = Uuid.New(TimeProvider.System);
        _entries.Add(new Told(id, type, _now));
        yield return Leg(id, 0, kind, incoming, version);
        if (type == "gift_sent")
        {
            yield return Leg(id, 1, TransferKind.PlatformFee, incoming, version);
        }
    }

    private TransferRow Leg(Guid id, short leg, TransferKind kind, bool incoming, long version) => new()
    {
        Id = id,
        Leg = leg,
        Kind = kind,
        DebitAccountId = incoming ? _other : AccountId,
        CreditAccountId = incoming ? AccountId : _other,
        Tokens = 1,
        DebitVersion = incoming ? null : version,
        DebitBalanceAfter = incoming || leg > 0 ? null : 1,
        CreditVersion = incoming ? version : null,
        CreditBalanceAfter = incoming ? 1 : null,
        CallerId = _other,
        Route = "test",
        BatchId = id,
        PostedAt = _now,
    };
}
