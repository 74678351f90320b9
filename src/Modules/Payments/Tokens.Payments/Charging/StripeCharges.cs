using Stripe;
using Tokens.Payments.Purchases;

namespace Tokens.Payments.Charging;

/// <summary>
/// The calls that a purchase makes to Stripe, under the keys that its row holds. Nothing here is stored, and no call runs inside a
/// database transaction or retry.
/// </summary>
internal sealed class StripeCharges(PaymentIntentService intents, StripePipeline pipeline)
{
    internal const string PurchaseIdMetadata = "purchase_id";
    internal const string MemberIdMetadata = "member_id";
    internal const string TraceParentMetadata = "traceparent";

    /// <summary>Makes the intent without charging it, so that it is known before any money moves.</summary>
    internal Task<PaymentIntent> CreateAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var options = new PaymentIntentCreateOptions
        {
            Amount = purchase.AmountMinor,
            Currency = purchase.Currency,
            Customer = purchase.CustomerId,
            PaymentMethod = purchase.PaymentMethodId,
            SetupFutureUsage = purchase.SavesMethod ? "off_session" : null,
            AllowedPaymentMethodTypes = ["card"],
            Metadata = MetadataOf(purchase),
        };
        var key = Key(purchase, "create", purchase.CreateAttempt);
        return pipeline.KeyedAsync("payment_intents.create", token => intents.CreateAsync(options, key, token), cancellationToken);
    }

    /// <summary>Starts the charge.</summary>
    /// <exception cref="ChargeTooLateException">The time for it is over; an attempt before may have had its effect.</exception>
    internal Task<PaymentIntent> ConfirmAsync(Purchase purchase, DriveTime time)
    {
        // An intent that was refused while its payer was away has let go of the payment method.
        var options = purchase.IsOffSession
            ? new PaymentIntentConfirmOptions { OffSession = true }
            : new PaymentIntentConfirmOptions { UseStripeSdk = true, PaymentMethod = purchase.RefillTrigger is null ? null : purchase.PaymentMethodId };
        var key = Key(purchase, "confirm", purchase.ConfirmAttempt);
        return pipeline.KeyedAsync(
            "payment_intents.confirm",
            token => time.AllowsCharge
                ? intents.ConfirmAsync(IntentOf(purchase), options, key, token)
                : throw new ChargeTooLateException(),
            time.Token);
    }

    /// <summary>What Stripe knows about the payment now.</summary>
    internal Task<PaymentIntent> RetrieveAsync(Purchase purchase, StripeUse use, CancellationToken cancellationToken) =>
        pipeline.RepeatableAsync(
            use,
            "payment_intents.retrieve",
            token => intents.GetAsync(IntentOf(purchase), cancellationToken: token),
            cancellationToken);

    /// <summary>Makes sure that the intent is never charged. Needs no key: a second cancellation finds nothing left to do.</summary>
    internal Task<PaymentIntent> CancelAsync(Purchase purchase, StripeUse use, CancellationToken cancellationToken) =>
        pipeline.RepeatableAsync(
            use,
            "payment_intents.cancel",
            token => intents.CancelAsync(IntentOf(purchase), cancellationToken: token),
            cancellationToken);

    // From the row alone: a repeat under the same key must send the same.
    private static Dictionary<string, string> MetadataOf(Purchase purchase)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PurchaseIdMetadata] = purchase.Id.ToString(),
            [MemberIdMetadata] = purchase.MemberId.ToString(),
        };
        if (purchase.TraceParent is { } traceParent)
        {
            metadata[TraceParentMetadata] = traceParent;
        }

        return metadata;
    }

    private static string IntentOf(Purchase purchase) =>
        purchase.PaymentIntentId ?? throw new InvalidOperationException($"Purchase {purchase.Id} has no payment intent yet.");

    private static RequestOptions Key(Purchase purchase, string call, int attempt) => new() { IdempotencyKey = $"{purchase.Id}:{call}:{attempt}" };
}
