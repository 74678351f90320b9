using System.Diagnostics.Metrics;

namespace Tokens.Payments;

/// <summary>What the module counts, on meter <c>Tokens.Payments</c>; tags come from closed sets.</summary>
internal sealed class PaymentsMetrics
{
    internal const string MeterName = "Tokens.Payments";

    private readonly Counter<long> _purchases;
    private readonly Counter<long> _parked;

    public PaymentsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _purchases = meter.CreateCounter<long>("tokens.payments.purchases", "{purchase}", "Purchases that became final or wait for their member.");
        _parked = meter.CreateCounter<long>("tokens.payments.parked", "{row}", "Purchases and events that wait for a person.");
    }

    /// <param name="route">The way it was bought.</param>
    /// <param name="status">The state it has reached, by its name on the wire.</param>
    /// <param name="by">Who found out: <c>charge</c>, <c>look</c>, <c>settle</c> or <c>event</c>.</param>
    internal void Reached(string route, string status, string by) => _purchases.Add(1, new("route", route), new("status", status), new("by", by));

    /// <param name="kind"><c>purchase</c> or <c>stripe_event</c>.</param>
    /// <param name="reason">One of <see cref="Parking.ParkedReason"/>.</param>
    internal void Parked(string kind, string reason) => _parked.Add(1, new("kind", kind), new("reason", reason));
}
