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
    PurchaseStore store, DuePurchases due, PurchaseCredit credit, PaymentsMetrics metrics, ILogger<PurchaseNews> logger)
{
    private const int RacesMax = 5;

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
                return await CreditAsync(purchase, facts);
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

    private async Task<NewsOutcome> CreditAsync(Purchase purchase, PaymentFacts facts)
    {
        switch (await credit.PostAsync(purchase, facts))
        {
            case PurchaseCredit.Outcome.Credited credited:
                if (purchase.Status.IsFinal())
                {
                    LogLate(logger, purchase.Id, purchase.Status);
                }

                purchase.Succeed(credited.Receipt);
                await store.SaveAsync(purchase);
                metrics.CountPurchase(purchase.Route, purchase.Status.Wire(), "event");
                return NewsOutcome.Applied;
            case PurchaseCredit.Outcome.Refused { Reason: ParkedReason.AmountMismatch }:
                return NewsOutcome.AmountMismatch;
            default:
                return NewsOutcome.RefusedByLedger;
        }
    }

    [LoggerMessage(4051, LogLevel.Information, "Purchase {PurchaseId} moved while news of it came; reading it again")]
    private static partial void LogRace(ILogger logger, Guid purchaseId);

    [LoggerMessage(4052, LogLevel.Warning, "Purchase {PurchaseId} was {Status} and has been paid late; it is credited")]
    private static partial void LogLate(ILogger logger, Guid purchaseId, PurchaseStatus status);
}
