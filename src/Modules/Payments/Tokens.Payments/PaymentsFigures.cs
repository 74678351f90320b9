using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Data;
using Tokens.Payments.Events;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;
using Tokens.Platform.Time;

namespace Tokens.Payments;

/// <summary>What isn't at its end: purchases to settle, events to apply, and what waits for a person.</summary>
internal sealed class PaymentsFigures(IModuleDb<PaymentsDb> db, TimeProvider time) : IFigureReader
{
    private const string Parked = "tokens.payments.parked.items";
    private const string Backlog = "tokens.payments.settlement.backlog";
    private const string OldestAge = "tokens.payments.settlement.oldest_age";
    private const string Events = "tokens.payments.webhook_events.pending";

    private static readonly PurchaseStatus[] Open = [PurchaseStatus.Created, PurchaseStatus.Processing, PurchaseStatus.RequiresAction];

    public string MeterName => PaymentsMetrics.MeterName;

    public IReadOnlyList<FigureDescription> Figures { get; } =
    [
        new(Parked, "{item}", "Purchases and events that wait for a person."),
        new(Backlog, "{purchase}", "Purchases that aren't at their end, by state."),
        new(OldestAge, "s", "Age of the oldest purchase of which it isn't known whether it was charged."),
        new(Events, "{event}", "Webhook events that are stored and not applied."),
    ];

    public Task<IReadOnlyList<FigureReading>> ReadAsync(CancellationToken cancellationToken) => db.ReadAsync(ReadAsync, cancellationToken);

    private async Task<IReadOnlyList<FigureReading>> ReadAsync(PaymentsDb payments, CancellationToken cancellationToken)
    {
        var open = await payments.Purchases.Where(p => Open.Contains(p.Status)).GroupBy(p => p.Status)
            .Select(group => new { Status = group.Key, Count = group.Count(), Oldest = group.Min(p => p.CreatedAt) }).ToListAsync(cancellationToken);
        var oldest = open.Find(each => each.Status == PurchaseStatus.Processing)?.Oldest;
        return
        [
            new(Parked, await payments.Purchases.CountAsync(p => p.ParkedReason != null, cancellationToken), "kind", ParkedKind.Purchase),
            new(Parked, await payments.StripeEvents.CountAsync(e => e.ParkedReason != null, cancellationToken), "kind", ParkedKind.StripeEvent),
            .. Open.Select(status => new FigureReading(Backlog, open.Find(each => each.Status == status)?.Count ?? 0, "status", status.Wire())),
            new(OldestAge, oldest is { } at ? Math.Max(0, (time.UtcNow() - at).TotalSeconds) : 0),
            new(Events, await payments.StripeEvents.CountAsync(e => e.Status == StripeEventStatus.Pending, cancellationToken)),
        ];
    }
}
