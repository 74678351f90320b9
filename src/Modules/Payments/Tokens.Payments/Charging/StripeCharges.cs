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

    /// <summary>Makes the intent without charging it, so that it is known before any money moves.</summary>
    internal Task<PaymentIntent> CreateAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var options = new PaymentIntentCreateOptions
        {
            Amount = purchase.AmountMinor,
            Currency = purchase.Currency,
            PaymentMethod = purchase.PaymentMethodId,
            PaymentMethodTypes = ["card"],
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [PurchaseIdMetadata] = purchase.Id.ToString(),
                [MemberIdMetadata] = purchase.MemberId.ToString(),
            },
        };
        var key = Key(purchase, "create", purchase.CreateAttempt);
        return pipeline.WriteAsync("payment_intents.create", token => intents.CreateAsync(options, key, token), cancellationToken);
    }

    /// <summary>Starts the charge.</summary>
    internal Task<PaymentIntent> ConfirmAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var options = new PaymentIntentConfirmOptions { UseStripeSdk = true };
        var key = Key(purchase, "confirm", purchase.ConfirmAttempt);
        return pipeline.WriteAsync(
            "payment_intents.confirm", token => intents.ConfirmAsync(IntentOf(purchase), options, key, token), cancellationToken);
    }

    /// <summary>What Stripe knows about the payment now.</summary>
    internal Task<PaymentIntent> RetrieveAsync(Purchase purchase, CancellationToken cancellationToken) => pipeline.ReadAsync(
        "payment_intents.retrieve", token => intents.GetAsync(IntentOf(purchase), cancellationToken: token), cancellationToken);

    /// <summary>Makes sure that the intent is never charged. Needs no key: a second cancellation has nothing left to do.</summary>
    internal Task<PaymentIntent> CancelAsync(Purchase purchase, CancellationToken cancellationToken) => pipeline.WriteAsync(
        "payment_intents.cancel", token => intents.CancelAsync(IntentOf(purchase), cancellationToken: token), cancellationToken);

    private static string IntentOf(Purchase purchase) =>
        purchase.PaymentIntentId ?? throw new InvalidOperationException($"Purchase {purchase.Id} has no payment intent yet.");

    private static RequestOptions Key(Purchase purchase, string call, int attempt) => new() { IdempotencyKey = $"{purchase.Id}:{call}:{attempt}" };
}
