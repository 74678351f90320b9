using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Two calls make a purchase: create the intent, confirm it. A failure that leaves open whether the call had an effect is answered by
/// looking, and only an attempt that had none gets a new key.
/// </summary>
internal sealed partial class PurchaseCharge(
    StripeCharges stripe,
    PurchaseStore store,
    IOptions<PaymentsOptions> options,
    IOptions<StripeOptions> stripeOptions,
    TimeProvider time,
    ILogger<PurchaseCharge> logger)
{
    /// <summary>From a purchase of which Stripe may know nothing.</summary>
    internal async Task<StripeWord> StartAsync(Purchase purchase, CancellationToken charging)
    {
        try
        {
            await EnsureIntentAsync(purchase, charging);
        }
        catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
        {
            LogInvalid(logger, purchase.Id, fault.StripeResponse?.RequestId);
            return new StripeWord.Invalid();
        }

        // Stored first: from here on a charge may exist.
        purchase.StartCharge();
        await store.SaveAsync(purchase);
        return await ConfirmAsync(purchase, charging);
    }

    /// <summary>From a purchase of which a charge may exist.</summary>
    internal async Task<StripeWord> ResumeAsync(Purchase purchase, bool mayCharge, CancellationToken charging)
    {
        var intent = await stripe.RetrieveAsync(purchase, charging);
        var isUntouched = purchase.Status == PurchaseStatus.Processing && intent.Status == IntentStatus.RequiresConfirmation;
        return isUntouched && mayCharge ? await ConfirmAsync(purchase, charging) : WordOf(intent);
    }

    /// <summary>Makes sure that the intent can't be charged any more; false when that isn't certain.</summary>
    internal async Task<bool> TryCancelAsync(Purchase purchase, CancellationToken charging)
    {
        if (purchase.PaymentIntentId is null)
        {
            return true;
        }

        try
        {
            await stripe.CancelAsync(purchase, charging);
            return true;
        }
        catch (Exception fault) when (fault is StripeException or OperationCanceledException || StripeFaults.IsAway(fault))
        {
            LogNotCancelled(logger, fault, purchase.Id);
            return false;
        }
    }

    private async Task EnsureIntentAsync(Purchase purchase, CancellationToken charging)
    {
        for (var newKeys = 0; purchase.PaymentIntentId is null; newKeys++)
        {
            try
            {
                var intent = await stripe.CreateAsync(purchase, charging);
                purchase.HasIntent(intent.Id);
            }
            // An intent that was made unseen is never confirmed, so another one may be made at once.
            catch (StripeException fault) when (StripeFaults.IsKeySpent(fault) && newKeys < options.Value.NewKeysMax)
            {
                LogNewKey(logger, fault, purchase.Id, "create");
                purchase.RaiseCreateAttempt();
                await store.SaveAsync(purchase);
                await PauseAsync(newKeys, charging);
            }
        }
    }

    private async Task<StripeWord> ConfirmAsync(Purchase purchase, CancellationToken charging)
    {
        for (var newKeys = 0; ; newKeys++)
        {
            try
            {
                return WordOf(await stripe.ConfirmAsync(purchase, charging));
            }
            catch (StripeException fault) when (StripeFaults.IsCardError(fault))
            {
                return new StripeWord.Declined(fault.StripeError);
            }
            catch (StripeException fault) when (StripeFaults.IsInvalidPaymentMethod(fault))
            {
                LogInvalid(logger, purchase.Id, fault.StripeResponse?.RequestId);
                return new StripeWord.Invalid();
            }
            catch (StripeException fault) when (StripeFaults.IsKeySpent(fault) || StripeFaults.IsUnexpectedState(fault))
            {
                var intent = await stripe.RetrieveAsync(purchase, charging);
                if (intent.Status != IntentStatus.RequiresConfirmation)
                {
                    return WordOf(intent);
                }

                if (newKeys == options.Value.NewKeysMax)
                {
                    throw;
                }

                LogNewKey(logger, fault, purchase.Id, "confirm");
                purchase.RaiseConfirmAttempt();
                await store.SaveAsync(purchase);
                await PauseAsync(newKeys, charging);
            }
        }
    }

    private static StripeWord WordOf(PaymentIntent intent) => intent.Status switch
    {
        IntentStatus.Succeeded => new StripeWord.Paid(intent),
        IntentStatus.RequiresAction => new StripeWord.NeedsMember(intent),
        IntentStatus.RequiresPaymentMethod => new StripeWord.Declined(intent.LastPaymentError),
        IntentStatus.Canceled => new StripeWord.Cancelled(),
        _ => new StripeWord.Open(),
    };

    private Task PauseAsync(int newKeys, CancellationToken charging) =>
        Task.Delay(TimeSpan.FromMilliseconds((long)stripeOptions.Value.RetryDelayMilliseconds << newKeys), time, charging);

    [LoggerMessage(4011, LogLevel.Warning, "Purchase {PurchaseId}: its {Call} had no effect and is tried under a new key")]
    private static partial void LogNewKey(ILogger logger, Exception fault, Guid purchaseId, string call);

    [LoggerMessage(4012, LogLevel.Information, "Purchase {PurchaseId}: the payment method is invalid; Stripe's request {RequestId}")]
    private static partial void LogInvalid(ILogger logger, Guid purchaseId, string? requestId);

    [LoggerMessage(4013, LogLevel.Information, "Purchase {PurchaseId}: its payment intent could not be cancelled")]
    private static partial void LogNotCancelled(ILogger logger, Exception fault, Guid purchaseId);
}
