using System.Diagnostics;
using Stripe;
using Tokens.Payments.Events;
using Tokens.Payments.Purchases;
using Tokens.Platform.Telemetry;

namespace Tokens.Payments;

/// <summary>The module's spans: a purchase is one trace from its order on, also where Stripe tells of it later or a worker goes on with it.</summary>
internal static class PaymentsSpans
{
    private static readonly ActivitySource Source = new(PaymentsMetrics.MeterName);

    /// <summary>A drive of a purchase: for the caller who waits, else in the trace of its order.</summary>
    internal static Activity? Drive(Purchase purchase, DriveMode mode)
    {
        var parent = Activity.Current?.Context ?? TraceParent.Parse(purchase.TraceParent);
        return Source.StartActivity("purchase.drive", ActivityKind.Internal, parent)?
            .SetTag("tokens.payments.purchase.id", purchase.Id)
            .SetTag("tokens.payments.drive", mode.ToString().ToLowerInvariant());
    }

    /// <summary>The arrival of an event: in the trace of the purchase that it is about, and linked to the request that brought it.</summary>
    internal static Activity? Receive(Event stripeEvent, string? traceParent)
    {
        var request = Activity.Current?.Context ?? default;
        var order = TraceParent.Parse(traceParent);
        return (order == default
                ? Source.StartActivity("stripe_event.receive", ActivityKind.Consumer)
                : Source.StartActivity("stripe_event.receive", ActivityKind.Consumer, order, tags: null, links: [new ActivityLink(request)]))?
            .SetTag("tokens.payments.event.id", stripeEvent.Id)
            .SetTag("tokens.payments.event.type", stripeEvent.Type);
    }

    /// <summary>The effect of an event, which may come long after its arrival and on another host.</summary>
    internal static Activity? Apply(StripeEvent stripeEvent) =>
        Source.StartActivity("stripe_event.apply", ActivityKind.Consumer, TraceParent.Parse(stripeEvent.TraceParent))?
            .SetTag("tokens.payments.event.id", stripeEvent.Id)
            .SetTag("tokens.payments.event.type", stripeEvent.Type)
            .SetTag("tokens.payments.purchase.id", stripeEvent.PurchaseId);

    /// <summary>A worker's look at a balance that may have to be refilled.</summary>
    internal static Activity? LookAtBalance() => Source.StartActivity("refill.look");
}
