using Microsoft.Extensions.Logging;
using Stripe;
using Tokens.Payments.Parking;
using Tokens.Payments.Survival;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>What Stripe's word does to a purchase: each step is one stored change, and tells nobody before it is stored.</summary>
internal sealed partial class PurchaseSteps(
    PurchaseStore store,
    PurchaseCredit credit,
    PaymentsMetrics metrics,
    CrashPoints crash,
    TimeProvider clock,
    ILogger<PurchaseSteps> logger)
{
    /// <param name="purchase">Claimed by the caller.</param>
    /// <param name="word">What Stripe says.</param>
    /// <param name="tidyAt">When the intent of a purchase that ends unpaid is cancelled; null when it is already.</param>
    /// <param name="mode">Who found out.</param>
    internal async Task<PurchaseResult> TakeAsync(Purchase purchase, StripeWord word, DateTime? tidyAt, DriveMode mode)
    {
        var before = purchase.Status;
        var result = word switch
        {
            StripeWord.Paid paid => await CreditAsync(purchase, paid.Intent),
            StripeWord.NeedsMember needs => await AwaitMemberAsync(purchase, needs.Intent),
            StripeWord.Declined declined => await DeclineAsync(purchase, declined.Error, tidyAt),
            StripeWord.Invalid => await CancelAsync(purchase, tidyAt) with { IsInvalidPaymentMethod = true },
            StripeWord.Cancelled => await CancelAsync(purchase, tidyAt: null),
            _ => new PurchaseResult(purchase),
        };
        if (purchase.Status != before)
        {
            metrics.CountPurchase(purchase.Route, purchase.Status.Wire(), mode.ToString().ToLowerInvariant());
        }

        return result;
    }

    internal async Task<PurchaseResult> CancelAsync(Purchase purchase, DateTime? tidyAt)
    {
        purchase.Cancel(clock.UtcNow(), tidyAt);
        await store.SaveAsync(purchase);
        return new PurchaseResult(purchase);
    }

    internal async Task<PurchaseResult> ParkAsync(Purchase purchase, string reason)
    {
        purchase.Park(reason);
        await store.SaveAsync(purchase);
        metrics.CountParked(ParkedKind.Purchase, reason);
        LogParked(logger, purchase.Id, reason);
        return new PurchaseResult(purchase);
    }

    private async Task<PurchaseResult> CreditAsync(Purchase purchase, PaymentIntent intent)
    {
        var outcome = await credit.PostAsync(purchase, PaymentFacts.Of(intent));
        if (outcome is PurchaseCredit.Outcome.Refused refused)
        {
            return await ParkAsync(purchase, refused.Reason);
        }

        purchase.Succeed(((PurchaseCredit.Outcome.Credited)outcome).Receipt);
        await store.SaveAsync(purchase);
        return new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };
    }

    private async Task<PurchaseResult> AwaitMemberAsync(Purchase purchase, PaymentIntent intent)
    {
        if (purchase.Status != PurchaseStatus.RequiresAction)
        {
            purchase.AwaitMember();
            await store.SaveAsync(purchase);
            crash.Reach(CrashPoint.ActionStored);
        }

        return new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };
    }

    private async Task<PurchaseResult> DeclineAsync(Purchase purchase, StripeError? error, DateTime? tidyAt)
    {
        purchase.Decline(error?.DeclineCode, error?.Code, clock.UtcNow(), tidyAt);
        await store.SaveAsync(purchase);
        return new PurchaseResult(purchase) { DeclineSentence = error?.Message };
    }

    [LoggerMessage(4041, LogLevel.Error, "Purchase {PurchaseId} is parked until it is released: {Reason}")]
    private static partial void LogParked(ILogger logger, Guid purchaseId, string reason);
}
