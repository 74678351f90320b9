using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Settlement;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Takes a purchase from whatever state its row is in as far as it goes now. Every step is stored before the next one starts, so that
/// a drive that ends anywhere, by a fault or with its host, is continued by the next.
/// </summary>
internal sealed partial class PurchaseFlow(
    PurchaseStore store,
    PurchaseCharge charge,
    PurchaseSteps steps,
    CheckSchedule schedule,
    IOptions<PaymentsOptions> options,
    TimeProvider clock,
    ILogger<PurchaseFlow> logger)
{
    private const int TakeoversMax = 3;

    /// <param name="purchaseId">The purchase.</param>
    /// <param name="mode">What may be done with it.</param>
    /// <param name="time">The time there is.</param>
    /// <param name="opened">The purchase when it was opened, and thereby claimed, right before.</param>
    internal async Task<PurchaseResult> DriveAsync(Guid purchaseId, DriveMode mode, DriveTime time, Purchase? opened = null)
    {
        for (var takeover = 0; takeover <= TakeoversMax; takeover++)
        {
            if ((opened ?? await ClaimAsync(purchaseId, mode, time)) is not { } purchase)
            {
                break;
            }

            opened = null;
            try
            {
                var result = await DriveClaimedAsync(purchase, mode, time);
                // What a webhook finished under this drive's hands is still this drive's answer.
                return takeover == 0 ? result : result with { WasFinal = false };
            }
            catch (DbUpdateConcurrencyException)
            {
                LogTakenOver(logger, purchaseId);
            }
        }

        // Other writers are at work on the purchase: its caller is to ask again, and nothing is broken.
        return new PurchaseResult(await store.GetAsync(purchaseId, CancellationToken.None)) { IsDrivenElsewhere = true };
    }

    private async Task<Purchase?> ClaimAsync(Guid purchaseId, DriveMode mode, DriveTime time)
    {
        try
        {
            while (true)
            {
                var purchase = await store.TryClaimAsync(purchaseId, mode, time.Token);
                if (purchase is not null || mode == DriveMode.Settle)
                {
                    return purchase;
                }

                // Another host says nothing when it is done, so its row is looked at.
                await Task.Delay(TimeSpan.FromMilliseconds(options.Value.ClaimPollMilliseconds), clock, time.Token);
            }
        }
        catch (OperationCanceledException) when (time.Token.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<PurchaseResult> DriveClaimedAsync(Purchase purchase, DriveMode mode, DriveTime time)
    {
        using var span = PaymentsSpans.Drive(purchase, mode);
        try
        {
            var result = await AdvanceAsync(purchase, mode, time);
            await ReleaseAsync(purchase, mode switch
            {
                DriveMode.Charge => schedule.Soon,
                DriveMode.Settle => schedule.Later(purchase),
                _ => purchase.NextCheckAt,
            });
            return result;
        }
        // Away, out of time, or an answer that no step above expects: what is stored stays true, and the next drive looks again.
        catch (Exception fault) when (fault is StripeException || StripeFaults.IsAway(fault)
            || (fault is OperationCanceledException && time.Token.IsCancellationRequested))
        {
            LogLeftOpen(
                logger,
                fault,
                purchase.Id,
                purchase.Status,
                purchase.CreateAttempt,
                purchase.ConfirmAttempt,
                (fault as StripeException)?.StripeResponse?.RequestId);
            await ReleaseAsync(purchase, purchase.Status.IsFinal() ? schedule.Later(purchase) : schedule.Soon);
            return new PurchaseResult(purchase);
        }
    }

    private async Task ReleaseAsync(Purchase purchase, DateTime? nextCheckAt)
    {
        if (purchase.ClaimedUntil is null)
        {
            return;
        }

        if (purchase.NextCheckAt is not null)
        {
            purchase.CheckAt(nextCheckAt);
        }

        await store.ReleaseAsync(purchase);
    }

    private async Task<PurchaseResult> AdvanceAsync(Purchase purchase, DriveMode mode, DriveTime time)
    {
        if (purchase.Status.IsFinal())
        {
            return mode == DriveMode.Settle
                ? await TidyAsync(purchase, time)
                : new PurchaseResult(purchase) { WasFinal = true };
        }

        if (purchase.ParkedReason is not null)
        {
            return new PurchaseResult(purchase);
        }

        if (purchase.Status == PurchaseStatus.Created && mode != DriveMode.Charge)
        {
            // No charge was asked for, and whoever made the order isn't waiting any more.
            return mode == DriveMode.Settle ? await steps.GiveUpAsync(purchase, mode) : new PurchaseResult(purchase);
        }

        var word = purchase.Status == PurchaseStatus.Created
            ? await charge.StartAsync(purchase, time)
            : await charge.ResumeAsync(purchase, mode == DriveMode.Charge, time);
        return await FollowAsync(purchase, word, mode, time);
    }

    private async Task<PurchaseResult> FollowAsync(Purchase purchase, StripeWord word, DriveMode mode, DriveTime time)
    {
        switch (word)
        {
            case StripeWord.Untouched when mode != DriveMode.Look:
            case StripeWord.NeedsMember when mode == DriveMode.Settle && schedule.IsOverdue(purchase):
                // Told of a failure, nobody may be charged: the intent ends first.
                var givenUp = await EndAsync(purchase, new StripeWord.Cancelled(), mode, time);
                return givenUp with { IsGivenUp = purchase.Status == PurchaseStatus.Cancelled };
            case StripeWord.Declined declined when purchase.Status == PurchaseStatus.RequiresAction:
                // A browser that was given the secret could still pay with another card.
                return await EndAsync(purchase, declined, mode, time);
            case StripeWord.Open when mode == DriveMode.Settle && schedule.IsOverdue(purchase):
                return await steps.ParkAsync(purchase, Parking.ParkedReason.StaysOpen);
            default:
                return await steps.TakeAsync(purchase, word, clock.UtcNow(), mode);
        }
    }

    /// <summary>Ends the intent, and only then, unless it was paid meanwhile, says so.</summary>
    private async Task<PurchaseResult> EndAsync(Purchase purchase, StripeWord then, DriveMode mode, DriveTime time) =>
        await charge.CancelAsync(purchase, time) switch
        {
            StripeWord.Cancelled => await steps.TakeAsync(purchase, then, tidyAt: null, mode),
            StripeWord.Paid paid => await steps.TakeAsync(purchase, paid, tidyAt: null, mode),
            _ => new PurchaseResult(purchase),
        };

    /// <summary>Ends the intent that a final purchase has left; what was paid in the end is credited all the same.</summary>
    private async Task<PurchaseResult> TidyAsync(Purchase purchase, DriveTime time)
    {
        var word = await charge.CancelAsync(purchase, time);
        if (word is StripeWord.Paid && purchase.Status != PurchaseStatus.Succeeded)
        {
            return await steps.TakeAsync(purchase, word, tidyAt: null, DriveMode.Settle);
        }

        // Nobody holds the secret of what can't be cancelled in all that time.
        var isOver = word is StripeWord.Cancelled or StripeWord.Paid || schedule.IsOverdue(purchase);
        purchase.CheckAt(isOver ? null : schedule.Later(purchase));
        await store.SaveAsync(purchase);
        return new PurchaseResult(purchase);
    }

    [LoggerMessage(LogIds.PurchaseFlowLeftOpen, LogLevel.Warning, "Purchase {PurchaseId} is left open as {Status} at attempts {CreateAttempt} and {ConfirmAttempt}; Stripe's request {RequestId}")]
    private static partial void LogLeftOpen(
        ILogger logger, Exception fault, Guid purchaseId, PurchaseStatus status, int createAttempt, int confirmAttempt, string? requestId);

    [LoggerMessage(LogIds.PurchaseFlowTakenOver, LogLevel.Information, "Another drive has moved purchase {PurchaseId}; reading it again")]
    private static partial void LogTakenOver(ILogger logger, Guid purchaseId);
}
