using System.Collections.Frozen;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Purchases;

/// <summary>How a purchase that wasn't paid is told to its member.</summary>
internal static class PurchaseProblems
{
    private const string GenericDecline = "generic_decline";
    private const string GenericSentence = "Your card was declined.";

    private static readonly ProblemKind PaymentDeclined = new(402, "payment_declined", "Payment declined");

    private static readonly ProblemKind ProviderUnavailable =
        new(503, "payment_provider_unavailable", "Payment service unavailable");

    // Whoever holds a lost or stolen card must not learn that it is known as such.
    private static readonly FrozenSet<string> Hidden =
        FrozenSet.Create(StringComparer.Ordinal, "lost_card", "stolen_card", "pickup_card", "fraudulent", "merchant_blacklist");

    internal static readonly Problem KeyReused = new(
        ProblemKind.IdempotencyKeyReused, "This idempotency key came before with another amount or payment method.");

    internal static Problem InProgress(TimeSpan retryAfter) =>
        new(ProblemKind.IdempotencyInProgress, "The first request with this key is still running. Try again shortly.")
        {
            RetryAfter = retryAfter,
        };

    internal static Problem Declined(PurchaseResult result)
    {
        var purchase = result.Purchase;
        var isHidden = purchase.DeclineCode is { } code && Hidden.Contains(code);
        var declineCode = isHidden ? GenericDecline : purchase.DeclineCode ?? purchase.StripeCode ?? GenericDecline;
        return new Problem(PaymentDeclined, isHidden ? GenericSentence : result.DeclineSentence ?? GenericSentence)
            .With("declineCode", declineCode)
            .With("stripeCode", purchase.StripeCode)
            .With("paymentIntentId", purchase.PaymentIntentId);
    }

    internal static Problem NotCharged(PurchaseResult result) => result.IsInvalidPaymentMethod
        ? new Problem(ProblemKind.InvalidRequest, "The payment method is unknown or can't be used. Nothing was charged.")
        : new Problem(ProblemKind.Conflict, "The payment was cancelled. Nothing was charged.");

    /// <summary>Stripe was to be asked before there was a purchase.</summary>
    internal static Problem Away(TimeSpan retryAfter) =>
        new(ProviderUnavailable, "The payment service doesn't answer. Nothing was charged or changed.") { RetryAfter = retryAfter };

    internal static Problem GivenUp(Purchase purchase, TimeSpan retryAfter) => Unavailable(
        ProviderUnavailable, purchase.Id, retryAfter, "The payment service doesn't answer. Nothing was charged.");

    internal static Problem LeftOpen(Purchase purchase, TimeSpan retryAfter) => LeftOpen(purchase.Id, fault: null, retryAfter);

    /// <summary>How the purchase ends isn't known yet.</summary>
    /// <param name="purchaseId">The purchase's.</param>
    /// <param name="fault">What kept it from going on; null when Stripe didn't answer.</param>
    /// <param name="retryAfter">When to ask again.</param>
    internal static Problem LeftOpen(Guid purchaseId, Exception? fault, TimeSpan retryAfter)
    {
        var (kind, reason) = fault is null ? (ProviderUnavailable, "The payment service doesn't answer.")
            : IsOfDatabase(fault) ? (ProblemKind.DatabaseUnavailable, "The database can't be reached right now.")
            : (ProviderUnavailable, "The payment can't be finished right now.");
        return Unavailable(
            kind,
            purchaseId,
            retryAfter,
            reason + " If you were charged, the tokens arrive by themselves; you are never charged twice for this purchase.");
    }

    private static bool IsOfDatabase(Exception fault) =>
        TransientFaults.Covers(fault) || (fault is ProblemException { Problem.Kind: var kind } && kind == ProblemKind.DatabaseUnavailable);

    private static Problem Unavailable(ProblemKind kind, Guid purchaseId, TimeSpan retryAfter, string detail) =>
        new Problem(kind, detail) { RetryAfter = retryAfter }.With("purchaseId", purchaseId);
}
