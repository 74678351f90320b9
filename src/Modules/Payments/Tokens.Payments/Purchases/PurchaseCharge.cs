using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Work;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Two calls make a purchase: create the intent, confirm it. A failure that leaves open whether the call had an effect is answered by
/// looking, and only an attempt that had none gets a new key.
/// </summary>
internal sealed partial class PurchaseCharge(
    StripeCharges stripe,
    PurchaseStore store,
    PurchaseSteps steps,
    FailPoints failPoints,
    IOptions<PaymentsOptions> options,
    TimeProvider clock,
    ILogger<PurchaseCharge> logger)
{
    /// <summary>From a purchase of which Stripe may know nothing.</summary>
    internal async Task<StripeWord> StartAsync(Purchase purchase, DriveTime time)
    {
        try
        {
            await EnsureIntentAsync(purchase, time);
        }
        catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
        {
            LogInvalid(logger, purchase.Id, fault.StripeResponse?.RequestId);
            return new StripeWord.Invalid();
        }

        await steps.StartChargeAsync(purchase);
        return await ConfirmAsync(purchase, time);
    }

    /// <summary>From a purchase of which a charge may exist.</summary>
    internal async Task<StripeWord> ResumeAsync(Purchase purchase, bool mayCharge, DriveTime time)
    {
        var word = await LookAsync(purchase, time);
        return word is StripeWord.Untouched && mayCharge ? await ConfirmAsync(purchase, time) : word;
    }

    /// <summary>Makes sure that the intent can't be charged any more, or says what has become of it instead.</summary>
    internal async Task<StripeWord> CancelAsync(Purchase purchase, DriveTime time)
    {
        try
        {
            var word = StripeWord.Of(await stripe.CancelAsync(purchase, time.Use, time.Token));
            failPoints.Reach(PaymentsFailPoint.IntentCancelled);
            return word;
        }
        // Refused for its state, or for a reason that the look at it finds too.
        catch (StripeException fault) when (StripeFaults.IsServerError(fault) || !StripeFaults.IsAway(fault))
        {
            return await LookAsync(purchase, time);
        }
    }

    private async Task<StripeWord> LookAsync(Purchase purchase, DriveTime time)
    {
        try
        {
            return StripeWord.Of(await stripe.RetrieveAsync(purchase, time.Use, time.Token));
        }
        // Such as an intent of another account or mode: whether it was charged can't be known here.
        catch (StripeException fault) when (!StripeFaults.IsAway(fault))
        {
            LogNotShown(logger, purchase.Id, (int)fault.HttpStatusCode, fault.StripeError?.Code, fault.StripeResponse?.RequestId);
            return new StripeWord.Open();
        }
    }

    private async Task EnsureIntentAsync(Purchase purchase, DriveTime time)
    {
        for (var newKeys = 0; purchase.PaymentIntentId is null; newKeys++)
        {
            try
            {
                var intent = await stripe.CreateAsync(purchase, time.Token);
                failPoints.Reach(PaymentsFailPoint.IntentCreated);
                purchase.HasIntent(intent.Id);
            }
            // An intent that was made unseen is never confirmed, so another one may be made at once.
            catch (StripeException fault) when (StripeFaults.IsKeySpent(fault) && newKeys < options.Value.NewKeysMax)
            {
                LogNewKey(logger, fault, purchase.Id, "create");
                purchase.RaiseCreateAttempt();
                await store.SaveAsync(purchase);
                await PauseAsync(newKeys, time);
            }
        }
    }

    private async Task<StripeWord> ConfirmAsync(Purchase purchase, DriveTime time)
    {
        for (var newKeys = 0; ; newKeys++)
        {
            try
            {
                var intent = await stripe.ConfirmAsync(purchase, time);
                failPoints.Reach(PaymentsFailPoint.ChargeAnswered);
                return StripeWord.Of(intent);
            }
            catch (StripeException fault) when (purchase.IsOffSession && StripeFaults.NeedsHolder(fault))
            {
                purchase.NeedHolder();
                await store.SaveAsync(purchase);
            }
            catch (StripeException fault) when (StripeFaults.IsCardError(fault))
            {
                failPoints.Reach(PaymentsFailPoint.ChargeAnswered);
                return new StripeWord.Declined(fault.StripeError);
            }
            catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
            {
                LogInvalid(logger, purchase.Id, fault.StripeResponse?.RequestId);
                return new StripeWord.Invalid();
            }
            catch (StripeException fault) when (StripeFaults.IsKeySpent(fault) || StripeFaults.IsUnexpectedState(fault))
            {
                var word = await LookAsync(purchase, time);
                if (word is not StripeWord.Untouched || newKeys == options.Value.NewKeysMax)
                {
                    return word;
                }

                LogNewKey(logger, fault, purchase.Id, "confirm");
                purchase.RaiseConfirmAttempt();
                await store.SaveAsync(purchase);
                await PauseAsync(newKeys, time);
            }
            // Too late for another attempt, but early enough to see how the last one ended.
            catch (Exception fault) when (fault is ChargeTooLateException || StripeFaults.MayRepeat(fault))
            {
                return await LookAsync(purchase, time);
            }
        }
    }

    private Task PauseAsync(int newKeys, DriveTime time) =>
        Task.Delay(TimeSpan.FromMilliseconds((long)options.Value.NewKeyDelayMilliseconds << newKeys), clock, time.Token);

    [LoggerMessage(LogIds.PurchaseChargeNewKey, LogLevel.Warning, "Purchase {PurchaseId}: its {Call} had no effect and is tried under a new key")]
    private static partial void LogNewKey(ILogger logger, Exception fault, Guid purchaseId, string call);

    [LoggerMessage(LogIds.PurchaseChargeNotShown, LogLevel.Error, "Purchase {PurchaseId}: Stripe refuses to show its payment intent ({Status} {Code}, request {RequestId}); it is looked at again until it is parked")]
    private static partial void LogNotShown(ILogger logger, Guid purchaseId, int status, string? code, string? requestId);

    [LoggerMessage(LogIds.PurchaseChargeInvalid, LogLevel.Information, "Purchase {PurchaseId}: the payment method is invalid; Stripe's request {RequestId}")]
    private static partial void LogInvalid(ILogger logger, Guid purchaseId, string? requestId);
}
