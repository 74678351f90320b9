using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Takes a purchase from whatever state its row is in as far as it goes now. Every step is stored before the next one starts, so that
/// a drive that ends anywhere, by a fault or with its host, is continued by the next.
/// </summary>
internal sealed partial class PurchaseFlow(
    PurchaseStore store,
    PurchaseCharge charge,
    PurchaseCredit credit,
    IOptions<PaymentsOptions> options,
    TimeProvider time,
    ILogger<PurchaseFlow> logger)
{
    private const int TakeoversMax = 3;

    /// <param name="purchaseId">The purchase.</param>
    /// <param name="mayCharge">
    /// Whether a caller waits for the purchase. Without one no charge is started: its caller has been told of a failure.
    /// </param>
    /// <param name="charging">Ends the time for Stripe; what has been paid is credited nevertheless.</param>
    internal async Task<PurchaseResult> DriveAsync(Guid purchaseId, bool mayCharge, CancellationToken charging)
    {
        for (var takeover = 0; ; takeover++)
        {
            if (await ClaimAsync(purchaseId, charging) is not { } purchase)
            {
                return new PurchaseResult(await store.GetAsync(purchaseId, CancellationToken.None)) { IsDrivenElsewhere = true };
            }

            try
            {
                return await DriveClaimedAsync(purchase, mayCharge, charging);
            }
            catch (DbUpdateConcurrencyException) when (takeover < TakeoversMax)
            {
                LogTakenOver(logger, purchaseId);
            }
        }
    }

    private async Task<Purchase?> ClaimAsync(Guid purchaseId, CancellationToken charging)
    {
        try
        {
            while (true)
            {
                if (await store.TryClaimAsync(purchaseId, charging) is { } purchase)
                {
                    return purchase;
                }

                // Another host says nothing when it is done, so its row is looked at.
                await Task.Delay(TimeSpan.FromMilliseconds(options.Value.ClaimPollMilliseconds), time, charging);
            }
        }
        catch (OperationCanceledException) when (charging.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<PurchaseResult> DriveClaimedAsync(Purchase purchase, bool mayCharge, CancellationToken charging)
    {
        try
        {
            var result = await AdvanceAsync(purchase, mayCharge, charging);
            await ReleaseAsync(purchase);
            return result;
        }
        // Away, out of time, or an answer that no step above expects: what is stored stays true, and the next drive looks again.
        catch (Exception fault) when (fault is StripeException || StripeFaults.IsAway(fault)
            || (fault is OperationCanceledException && charging.IsCancellationRequested))
        {
            LogLeftOpen(logger, fault, purchase.Id, purchase.Status, (fault as StripeException)?.StripeResponse?.RequestId);
            await ReleaseAsync(purchase);
            return new PurchaseResult(purchase);
        }
    }

    private Task ReleaseAsync(Purchase purchase) => purchase.ClaimedUntil is null ? Task.CompletedTask : store.ReleaseAsync(purchase);

    private async Task<PurchaseResult> AdvanceAsync(Purchase purchase, bool mayCharge, CancellationToken charging)
    {
        if (purchase.Status.IsFinal() || (purchase.Status == PurchaseStatus.Created && !mayCharge))
        {
            return new PurchaseResult(purchase) { WasFinal = purchase.Status.IsFinal() };
        }

        var word = purchase.Status == PurchaseStatus.Created
            ? await charge.StartAsync(purchase, charging)
            : await charge.ResumeAsync(purchase, mayCharge, charging);
        return word switch
        {
            StripeWord.Paid paid => await CreditAsync(purchase, paid.Intent),
            StripeWord.NeedsMember needs => await AwaitMemberAsync(purchase, needs.Intent),
            StripeWord.Declined declined => await DeclineAsync(purchase, declined, charging),
            StripeWord.Invalid => await CancelAsync(purchase, charging) with { IsInvalidPaymentMethod = true },
            StripeWord.Cancelled => await CancelAsync(purchase, charging),
            _ => new PurchaseResult(purchase),
        };
    }

    private async Task<PurchaseResult> CreditAsync(Purchase purchase, PaymentIntent intent)
    {
        purchase.Succeed(await credit.PostAsync(purchase, intent));
        await store.SaveAsync(purchase);
        return new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };
    }

    private async Task<PurchaseResult> AwaitMemberAsync(Purchase purchase, PaymentIntent intent)
    {
        if (purchase.Status != PurchaseStatus.RequiresAction)
        {
            purchase.AwaitMember();
            await store.SaveAsync(purchase);
        }

        return new PurchaseResult(purchase) { ClientSecret = intent.ClientSecret };
    }

    private async Task<PurchaseResult> DeclineAsync(Purchase purchase, StripeWord.Declined declined, CancellationToken charging)
    {
        // A browser that was given the secret could still pay with another card: then the end of the intent comes first.
        var browserMayPay = purchase.Status == PurchaseStatus.RequiresAction;
        if (browserMayPay && !await charge.TryCancelAsync(purchase, charging))
        {
            return new PurchaseResult(purchase);
        }

        purchase.Decline(declined.Error?.DeclineCode, declined.Error?.Code, time.UtcNow());
        await store.SaveAsync(purchase);
        if (!browserMayPay)
        {
            await charge.TryCancelAsync(purchase, charging);
        }

        return new PurchaseResult(purchase) { DeclineSentence = declined.Error?.Message };
    }

    private async Task<PurchaseResult> CancelAsync(Purchase purchase, CancellationToken charging)
    {
        purchase.Cancel(time.UtcNow());
        await store.SaveAsync(purchase);
        await charge.TryCancelAsync(purchase, charging);
        return new PurchaseResult(purchase);
    }

    [LoggerMessage(4001, LogLevel.Warning, "Purchase {PurchaseId} is left open as {Status}; Stripe's request {RequestId}")]
    private static partial void LogLeftOpen(ILogger logger, Exception fault, Guid purchaseId, PurchaseStatus status, string? requestId);

    [LoggerMessage(4002, LogLevel.Information, "Another drive has moved purchase {PurchaseId}; reading it again")]
    private static partial void LogTakenOver(ILogger logger, Guid purchaseId);
}
