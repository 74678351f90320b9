using System.Collections.Frozen;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Telemetry;
using Tokens.Platform.Time;

namespace Tokens.Payments.Events;

/// <summary>Which events are acted upon, and what of them is kept.</summary>
internal static class HandledEvents
{
    internal const string Succeeded = "payment_intent.succeeded";
    internal const string Canceled = "payment_intent.canceled";
    internal const string PaymentFailed = "payment_intent.payment_failed";

    private const int IdLengthMax = 255;

    private static readonly FrozenSet<string> Types = FrozenSet.Create(StringComparer.Ordinal, Succeeded, Canceled, PaymentFailed);

    internal static bool Covers(string type) => Types.Contains(type);

    /// <summary>The purchase that the event is about; null when it is about none of this product's.</summary>
    internal static Guid? PurchaseOf(Event stripeEvent) =>
        Covers(stripeEvent.Type) && stripeEvent.Data?.Object is PaymentIntent { Metadata: { } metadata }
            && metadata.GetValueOrDefault(StripeCharges.PurchaseIdMetadata) is { } text && Guid.TryParseExact(text, "D", out var purchaseId)
            ? purchaseId
            : null;

    /// <summary>The span of the order that the event is about, from the intent's metadata; null when that wasn't traced.</summary>
    internal static string? TraceParentOf(Event stripeEvent) =>
        (stripeEvent.Data?.Object as PaymentIntent)?.Metadata?.GetValueOrDefault(StripeCharges.TraceParentMetadata);

    /// <summary>The row of an event about a purchase; null when it lacks what the row needs.</summary>
    internal static StripeEvent? ToRow(Event stripeEvent, Guid purchaseId, DateTime now)
    {
        var intent = (PaymentIntent)stripeEvent.Data!.Object!;
        if (!IsId(stripeEvent.Id) || !IsId(intent.Id) || intent.Currency is not { Length: 3 } currency || !currency.All(char.IsAsciiLetter))
        {
            return null;
        }

        return new StripeEvent
        {
            Id = stripeEvent.Id,
            Type = stripeEvent.Type,
            PaymentIntentId = intent.Id,
            PurchaseId = purchaseId,
            AmountMinor = stripeEvent.Type == Succeeded ? intent.AmountReceived : intent.Amount,
            Currency = currency,
            CreatedAt = Instant.Truncate(stripeEvent.Created),
            ReceivedAt = now,
            TraceParent = TraceParent.Current,
        };
    }

    // Narrower than what a column takes, so that no event can spoil the commit that it shares with others.
    private static bool IsId(string? text) => text is { Length: > 0 and <= IdLengthMax } && text.All(c => c is > ' ' and <= '~');
}
