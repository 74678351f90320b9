using Microsoft.Extensions.Logging;
using Stripe;
using Tokens.Payments.Parking;
using Tokens.Payments.Refills;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.Payments.Purchases;

/// <summary>What Stripe's word does to a purchase: each step is one stored change, and tells nobody before it is stored.</summary>
internal sealed partial class PurchaseSteps(
    PurchaseStore store,
    PurchaseCredit credit,
    RefillOutcomes refills,
    PaymentsMetrics metrics,
    FailPoints failPoints,
    TimeProvider clock,
    ILogger<PurchaseSteps> logger)
{
    /// <param name="purchase">Claimed by the caller.</param>
    /// <param name="word">What Stripe says.</param>
    /// <param name="tidyAt">When the intent of a purchase that ends unpaid is cancelled; null when it is already.</param>
    /// <param name="mode">Who found out.</param>
    internal async Task<PurchaseResult> TakeAsync(Purchase purchase, StripeWord word, DateTime? tidyAt, DriveMode mode)
    {
        var by = NameOf(mode);
        return word switch
        {
            StripeWord.Paid paid => await CreditAsync(purchase, paid.Intent, by),
            StripeWord.NeedsMember needs => await AwaitMemberAsync(purchase, needs.Intent, by),
            StripeWord.Declined declined => await DeclineAsync(purchase, declined.Error, tidyAt, by),
            StripeWord.Invalid => await CancelAsync(purchase, tidyAt, by) with { IsInvalidPaymentMethod = true },
            StripeWord.Cancelled => await CancelAsync(purchase, tidyAt: null, by),
            _ => new PurchaseResult(purchase),
        };
    }

    /// <summary>From here on a charge may exist.</summary>
    internal async Task StartChargeAsync(Purchase purchase)
    {
        await StoreAsync(purchase, NameOf(DriveMode.Charge), purchase.StartCharge);
        failPoints.Reach(PaymentsFailPoint.ChargeStored);
    }

    /// <summary>Gives up a purchase for which no charge was asked.</summary>
    internal Task<PurchaseResult> GiveUpAsync(Purchase purchase, DriveMode mode) => CancelAsync(purchase, tidyAt: null, NameOf(mode));

    /// <summary>Credits what was paid, once whoever says so, or says why that is for a person to decide.</summary>
    /// <param name="purchase">As it was read.</param>
    /// <param name="taken">What Stripe took.</param>
    /// <param name="by">Who found out: a drive's mode, or <c>event</c>.</param>
    internal async Task<PurchaseCredit.Outcome> CreditAsync(Purchase purchase, PaymentFacts taken, string by)
    {
        var outcome = await credit.PostAsync(purchase, taken);
        if (outcome is PurchaseCredit.Outcome.Credited credited)
        {
            if (purchase.Status.IsFinal())
            {
                LogLate(logger, purchase.Id, purchase.Status);
            }

            await StoreAsync(purchase, by, () => purchase.Succeed(credited.Receipt));
        }

        return outcome;
    }

    internal async Task<PurchaseResult> ParkAsync(Purchase purchase, string reason)
    {
        purchase.Park(reason);
        await store.SaveAsync(purchase);
        metrics.CountParked(ParkedKind.Purchase, reason);
        LogParked(logger, purchase.Id, reason);
        return new PurchaseResult(purchase);
    }

    private async Task<PurchaseResult> CreditAsync(Purchase purchase, PaymentIntent intent, string by) =>
        await CreditAsync(purchase, PaymentFacts.Of(intent), by) is PurchaseCredit.Outcome.Refused refused
            ? await ParkAsync(purchase, refused.Reason)
            : new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };

    private async Task<PurchaseResult> AwaitMemberAsync(Purchase purchase, PaymentIntent intent, string by)
    {
        if (purchase.Status != PurchaseStatus.RequiresAction)
        {
            await StoreAsync(purchase, by, purchase.AwaitMember);
            failPoints.Reach(PaymentsFailPoint.ActionStored);
        }

        return new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };
    }

    private async Task<PurchaseResult> DeclineAsync(Purchase purchase, StripeError? error, DateTime? tidyAt, string by)
    {
        await StoreAsync(purchase, by, () => purchase.Decline(error?.DeclineCode, error?.Code, clock.UtcNow(), tidyAt));
        return new PurchaseResult(purchase) { DeclineSentence = error?.Message };
    }

    private async Task<PurchaseResult> CancelAsync(Purchase purchase, DateTime? tidyAt, string by)
    {
        await StoreAsync(purchase, by, () => purchase.Cancel(clock.UtcNow(), tidyAt));
        return new PurchaseResult(purchase);
    }

    /// <summary>Every way from one state to another leads through here, and is counted once it is stored.</summary>
    private async Task StoreAsync(Purchase purchase, string by, Action change)
    {
        change();
        await store.SaveAsync(purchase);
        metrics.CountPurchase(purchase.Route, purchase.Status.Wire(), by);
        if (purchase.RefillTrigger is not null)
        {
            await refills.NoteAsync(purchase);
        }
    }

    private static string NameOf(DriveMode mode) => mode.ToString().ToLowerInvariant();

    [LoggerMessage(LogIds.PurchaseStepsParked, LogLevel.Error, "Purchase {PurchaseId} is parked until it is released: {Reason}")]
    private static partial void LogParked(ILogger logger, Guid purchaseId, string reason);

    [LoggerMessage(LogIds.PurchaseStepsLate, LogLevel.Warning, "Purchase {PurchaseId} was {Status} and has been paid late; it is credited")]
    private static partial void LogLate(ILogger logger, Guid purchaseId, PurchaseStatus status);
}
