using System.Diagnostics.Metrics;
using Tokens.Payments.Charging;
using Tokens.Payments.Events;

namespace Tokens.Payments;

/// <summary>The meter <c>Tokens.Payments</c>; no tag carries an id.</summary>
internal sealed class PaymentsMetrics
{
    internal const string MeterName = "Tokens.Payments";
    internal const string PurchasesName = "tokens.payments.purchases";
    internal const string EventsName = "tokens.payments.webhook_events";
    internal const string ParkedName = "tokens.payments.parked";
    internal const string RefillsName = "tokens.payments.refills";
    internal const string StripeCallsName = "tokens.payments.stripe.calls";
    internal const string StripeErrorsName = "tokens.payments.stripe.errors";

    private static readonly InstrumentAdvice<double> Lags = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400],
    };

    private readonly Counter<long> _purchases;
    private readonly Counter<long> _events;
    private readonly Counter<long> _parked;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _refills;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _errors;

    public PaymentsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _purchases = meter.CreateCounter<long>(
            PurchasesName, "{purchase}", "Purchases that reached a state after their first, by way of buying and by who found out.");
        _events = meter.CreateCounter<long>(EventsName, "{event}", "Webhook events by type and by what became of them at the door.");
        _parked = meter.CreateCounter<long>(ParkedName, "{item}", "Purchases and events that were parked for a person, by reason.");
        _lag = meter.CreateHistogram(
            "tokens.payments.webhook_event.lag", "s", "From Stripe's making of an event to its end here, by how it ended.", advice: Lags);
        _refills = meter.CreateCounter<long>(RefillsName, "{refill}", "Refills that reached a state, by the reason for which they were begun.");
        _calls = meter.CreateCounter<long>(
            StripeCallsName, "{call}", "Calls to Stripe with all their attempts, by operation and by how they ended.");
        _errors = meter.CreateCounter<long>(StripeErrorsName, "{error}", "Errors that Stripe answered, by type and code.");
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

    internal void RecordEventEnd(StripeEvent ended, DateTime now) => _lag.Record(
        Math.Max(0, (now - ended.CreatedAt).TotalSeconds),
        new KeyValuePair<string, object?>("type", ended.Type),
        new KeyValuePair<string, object?>("outcome", ended.Status.ToString().ToLowerInvariant()));

    /// <param name="trigger">One of <see cref="Refills.RefillTrigger"/>.</param>
    /// <param name="status">The purchase's state, by its name on the wire.</param>
    internal void CountRefill(string trigger, string status) =>
        _refills.Add(1, new KeyValuePair<string, object?>("trigger", trigger), new KeyValuePair<string, object?>("status", status));

    /// <param name="operation">Such as <c>payment_intents.confirm</c>.</param>
    /// <param name="outcome">One of <see cref="StripeOutcome"/>.</param>
    internal void CountStripeCall(string operation, string outcome) =>
        _calls.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));

    /// <param name="type">Stripe's, or <c>other</c>.</param>
    /// <param name="code">Stripe's, or <c>other</c>.</param>
    internal void CountStripeError(string type, string code) =>
        _errors.Add(1, new KeyValuePair<string, object?>("type", type), new KeyValuePair<string, object?>("code", code));
}
