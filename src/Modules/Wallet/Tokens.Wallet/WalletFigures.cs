using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;
using Tokens.Platform.Time;
using Tokens.Wallet.Data;
using Tokens.Wallet.Outbox;

namespace Tokens.Wallet;

/// <summary>Whether the ledger adds up, and what its outbox still has to tell.</summary>
internal sealed class WalletFigures(
    IModuleDb<WalletDb> db, OutboxFanOut fanOut, IOptions<WalletOptions> options, TimeProvider time) : IFigureReader
{
    private const string Imbalance = "tokens.wallet.ledger.imbalance";
    private const string Pending = "tokens.wallet.outbox.pending";
    private const string OldestAge = "tokens.wallet.outbox.oldest_age";

    // Commits that nobody has handed on to the subscribers yet.
    private const string Undelivered = "undelivered";

    private FigureReading? _imbalance;
    private DateTime _summedAt = DateTime.MinValue;

    public string MeterName => WalletMetrics.MeterName;

    public IReadOnlyList<FigureDescription> Figures { get; } =
    [
        new(Imbalance, "{token}", "The sum of all accounts' balances; anything but 0 is a fault of the ledger."),
        new(Pending, "{commit}", "Commits that a subscriber hasn't taken."),
        new(OldestAge, "s", "Age of the oldest commit that a subscriber hasn't taken."),
    ];

    public async Task<IReadOnlyList<FigureReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var waiting = await db.ReadAsync(WaitingAsync, cancellationToken);
        if (now - _summedAt >= TimeSpan.FromSeconds(options.Value.ImbalancePauseSeconds))
        {
            // It reads every account.
            _imbalance = new(Imbalance, await db.ReadAsync((wallet, token) => wallet.Accounts.SumAsync(a => a.BalanceTokens, token), cancellationToken));
            _summedAt = now;
        }

        return
        [
            _imbalance!,
            .. waiting.Select(each => new FigureReading(Pending, each.Count, "subscriber", each.Subscriber)),
            .. waiting.Select(each => new FigureReading(OldestAge, AgeOf(each.Oldest), "subscriber", each.Subscriber)),
        ];

        double AgeOf(DateTime? oldest) => oldest is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0;
    }

    private async Task<List<Waiting>> WaitingAsync(WalletDb wallet, CancellationToken cancellationToken)
    {
        var waiting = await wallet.Deliveries.GroupBy(row => row.Subscriber)
            .Select(rows => new Waiting(rows.Key, rows.Count(), rows.Min(row => row.PostedAt)))
            .ToDictionaryAsync(each => each.Subscriber, cancellationToken);
        var outbox = await wallet.Outbox.GroupBy(_ => 1)
            .Select(rows => new Waiting(Undelivered, rows.Count(), rows.Min(row => row.PostedAt))).SingleOrDefaultAsync(cancellationToken);
        return [.. fanOut.Subscribers.Select(name => waiting.GetValueOrDefault(name) ?? new Waiting(name, 0, null)), outbox ?? new Waiting(Undelivered, 0, null)];
    }

    private sealed record Waiting(string Subscriber, int Count, DateTime? Oldest);
}
