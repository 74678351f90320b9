using System.Diagnostics.Metrics;
using Tokens.Payments.Events;

namespace Tokens.Payments;

/// <summary>The meter <c>Tokens.Payments</c>; no tag carries an id.</summary>
internal sealed class PaymentsMetrics
{
    internal const string MeterName = "Tokens.Payments";
    internal const string PurchasesName = "tokens.payments.purchases";
    internal const string EventsName = "tokens.payments.webhook_events";
    internal const string ParkedName = "tokens.payments.parked";

    private readonly Counter<long> _purchases;
    private readonly Counter<long> _events;
    private readonly Counter<long> _parked;

    public PaymentsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _purchases = meter.CreateCounter<long>(
            PurchasesName, "{purchase}", "Purchases that reached a state after their first, by way of buying and by who found out.");
        _events = meter.CreateCounter<long>(EventsName, "{event}", "Webhook events by type and by what became of them at the door.");
        _parked = meter.CreateCounter<long>(ParkedName, "{item}", "Purchases and events that were parked for a person, by reason.");
    }

    /// <param name="route">The way it was bought.</param>
    /// <param name="status">The state, by its name on the wire.</param>
    /// <param name="by">Who found out: <c>charge</c>, <c>look</c>, <c>settle</c> or <c>event</c>.</param>
    internal void CountPurchase(string route, string status, string by) => _purchases.Add(
        1,
        new KeyValuePair<string, object?>("route", route),
        new KeyValuePair<string, object?>("status", status),
        new KeyValuePair<string, object?>("by", by));

    /// <param name="type">The event's type; null when it can't be believed.</param>
    /// <param name="result">One of <see cref="EventResult"/>.</param>
    internal void CountEvent(string? type, string result) => _events.Add(
        1,
        new KeyValuePair<string, object?>("type", type is not null && HandledEvents.Covers(type) ? type : "other"),
        new KeyValuePair<string, object?>("result", result));

    /// <param name="kind">One of <see cref="Parking.ParkedKind"/>.</param>
    /// <param name="reason">One of <see cref="Parking.ParkedReason"/>.</param>
    internal void CountParked(string kind, string reason) =>
        _parked.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("reason", reason));
}
