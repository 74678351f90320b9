using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tokens.Payments.Parking;
using Tokens.Payments.Settlement;

namespace Tokens.Payments.Purchases;

/// <summary>How news from Stripe was taken.</summary>
internal enum NewsOutcome
{
    /// <summary>Its effect is there, now or since before.</summary>
    Applied,

    /// <summary>No purchase of this installation is meant.</summary>
    UnknownPurchase,

    /// <summary>Another intent than the purchase's own was paid.</summary>
    OtherIntent,

    /// <summary>Another amount or currency was taken than the purchase costs.</summary>
    AmountMismatch,

    /// <summary>The wallet refused the credit.</summary>
    RefusedByLedger,
}

/// <summary>
/// Takes what Stripe tells by itself. A payment is credited at once, whatever else is going on with its purchase: the posting's key
/// keeps it single. All else only makes the next look come sooner.
/// </summary>
internal sealed partial class PurchaseNews(
    PurchaseStore store, DuePurchases due, PurchaseSteps steps, ILogger<PurchaseNews> logger)
{
    private const int RacesMax = 5;
    private const string ByEvent = "event";

    /// <summary>The intent has been paid.</summary>
    internal async Task<NewsOutcome> PaidAsync(Guid purchaseId, PaymentFacts facts, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            if (await store.FindAsync(purchaseId, cancellationToken) is not { } purchase)
            {
                return NewsOutcome.UnknownPurchase;
            }

            if (purchase.PaymentIntentId != facts.PaymentIntentId)
            {
                return NewsOutcome.OtherIntent;
            }

            if (purchase.Status == PurchaseStatus.Succeeded)
            {
                return NewsOutcome.Applied;
            }

            try
            {
                return OutcomeOf(await steps.CreditAsync(purchase, facts, ByEvent));
            }
            catch (DbUpdateConcurrencyException) when (race < RacesMax)
            {
                LogRace(logger, purchaseId);
            }
        }
    }

    /// <summary>The intent has ended without a payment, or an attempt to pay it failed: how it stands is looked at soon.</summary>
    internal async Task<NewsOutcome> EndedAsync(Guid purchaseId, string paymentIntentId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(purchaseId, cancellationToken) is not { } purchase)
        {
            return NewsOutcome.UnknownPurchase;
        }

        if (purchase.PaymentIntentId != paymentIntentId)
        {
            return NewsOutcome.OtherIntent;
        }

        await due.CallAsync(purchaseId, cancellationToken);
        return NewsOutcome.Applied;
    }

    private static NewsOutcome OutcomeOf(PurchaseCredit.Outcome outcome) => outcome switch
    {
        PurchaseCredit.Outcome.Credited => NewsOutcome.Applied,
        PurchaseCredit.Outcome.Refused { Reason: ParkedReason.AmountMismatch } => NewsOutcome.AmountMismatch,
        _ => NewsOutcome.RefusedByLedger,
    };

    [LoggerMessage(LogIds.PurchaseNewsRace, LogLevel.Information, "Purchase {PurchaseId} moved while news of it came; reading it again")]
    private static partial void LogRace(ILogger logger, Guid purchaseId);
}
