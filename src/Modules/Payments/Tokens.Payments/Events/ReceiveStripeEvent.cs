using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.Events;

/// <summary>POST /webhooks/stripe: an event, signed by Stripe, stored before it is acknowledged; its effect follows by itself.</summary>
internal static class ReceiveStripeEvent
{
    internal sealed record Response(bool Success, bool Received, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        HttpRequest request,
        SignedEvents events,
        EventInbox inbox,
        PaymentsMetrics metrics,
        IOptions<WebhookOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await BodyBytes.ReadAsync(request, options.Value.BodyBytesMax, cancellationToken) is not { } bytes)
        {
            return Refuse(metrics, new Problem(ProblemKind.PayloadTooLarge, "The body is larger than this route takes."));
        }

        if (request.Headers[SignedEvents.SignatureHeader].ToString() is not { Length: > 0 } signature)
        {
            return Refuse(metrics, Unreadable("The Stripe-Signature header is missing."));
        }

        if (EventBody.Decode(bytes) is not { } body || !events.IsGenuine(body, signature))
        {
            return Refuse(metrics, Unreadable("The Stripe-Signature header fits neither the body nor the time."));
        }

        var now = time.UtcNow();
        // Stripe repeats for days what is refused, so every signed body is acknowledged; purchases settle without their events.
        if (events.TryRead(body) is not { } stripeEvent || HandledEvents.PurchaseOf(stripeEvent) is not { } purchaseId)
        {
            return Ignore(metrics, now);
        }

        using var span = PaymentsSpans.Receive(stripeEvent, HandledEvents.TraceParentOf(stripeEvent));
        if (HandledEvents.ToRow(stripeEvent, purchaseId, now) is not { } row)
        {
            events.LogIncomplete(purchaseId);
            return Ignore(metrics, now);
        }

        metrics.CountEvent(row.Type, await inbox.AddAsync(row) ? EventResult.Stored : EventResult.Duplicate);
        return TypedResults.Ok(new Response(true, true, time.UtcNow()));
    }

    private static Ok<Response> Ignore(PaymentsMetrics metrics, DateTime now)
    {
        metrics.CountEvent(type: null, EventResult.Ignored);
        return TypedResults.Ok(new Response(true, true, now));
    }

    private static Problem Unreadable(string detail) => new(ProblemKind.InvalidRequest, detail);

    private static Problem Refuse(PaymentsMetrics metrics, Problem problem)
    {
        // What it says of itself can't be believed.
        metrics.CountEvent(type: null, EventResult.Refused);
        return problem;
    }
}
