using Microsoft.Extensions.Options;
using Tokens.Payments.Charging;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Where a member's order becomes a purchase: one purchase a key, however often and wherever the order comes in, and without a key one
/// purchase until its outcome has been told.
/// </summary>
internal sealed class Checkout(
    PurchaseStore store,
    KeylessPurchases keyless,
    PurchaseDrives drives,
    ClientSecrets secrets,
    IOptions<PaymentsOptions> options,
    TimeProvider time)
{
    private const int RacesMax = 3;

    private TimeSpan AnswerWithin => TimeSpan.FromMilliseconds(options.Value.AnswerWithinMilliseconds);

    /// <param name="order">What is asked for.</param>
    /// <param name="complete">Adds what only a new purchase needs and Stripe must be asked for; null when nothing is missing.</param>
    /// <param name="cancellationToken">Ends the waiting; the purchase itself goes on.</param>
    internal async Task<CheckoutOutcome> PlaceAsync(
        PurchaseOrder order, Func<PurchaseOrder, CancellationToken, Task<PurchaseOrder>>? complete, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var race = 0; race < RacesMax; race++)
        {
            CheckoutOutcome? outcome;
            if (await FindAsync(order, cancellationToken) is { } known)
            {
                // One that was given up meanwhile has set its key free for a new purchase.
                outcome = known.IsFor(order)
                    ? await ContinueAsync(known, started, cancellationToken)
                    : new CheckoutOutcome.KeyReused();
            }
            else
            {
                // When another request with this key is faster, it is the one to follow, unless its card was refused already.
                var purchase = store.Open(complete is null ? order : await complete(order, cancellationToken));
                outcome = await FollowAsync(purchase.Id, stored: null, drives.Open(purchase, started), started, cancellationToken);
            }

            if (outcome is not null)
            {
                return outcome;
            }
        }

        return new CheckoutOutcome.InProgress();
    }

    private Task<Purchase?> FindAsync(PurchaseOrder order, CancellationToken cancellationToken) => order.Key is { } key
        ? store.FindKeyHolderAsync(order.MemberId, order.Route, key, cancellationToken)
        : order.RefillTrigger is null ? keyless.FindAsync(order, cancellationToken)
        : Task.FromResult<Purchase?>(null);

    private async Task<CheckoutOutcome?> ContinueAsync(Purchase purchase, long started, CancellationToken cancellationToken)
    {
        if (!purchase.Status.IsFinal())
        {
            var drive = drives.Continue(purchase.Id, DriveMode.Charge, started);
            var outcome = await FollowAsync(purchase.Id, purchase, drive, started, cancellationToken);
            return outcome is CheckoutOutcome.Answered { Result.WasGivenUpBefore: true } ? null : outcome;
        }

        var secret = await secrets.FindAsync(purchase, StripeUse.Background, cancellationToken);
        return new CheckoutOutcome.Answered(new PurchaseResult(purchase) { ClientSecret = secret }, IsReplay: true);
    }

    /// <summary>Waits for the drive as long as an answer may take; null when the purchase was never stored, or given up unseen.</summary>
    /// <param name="purchaseId">The purchase's.</param>
    /// <param name="stored">Its row as it was read before; null for a new one, whose object its drive is changing.</param>
    /// <param name="drive">The drive under way.</param>
    /// <param name="started">Timestamp of the request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    private async Task<CheckoutOutcome?> FollowAsync(
        Guid purchaseId, Purchase? stored, PurchaseDrives.Drive drive, long started, CancellationToken cancellationToken)
    {
        var followed = drive;
        try
        {
            while (true)
            {
                var left = AnswerWithin - time.GetElapsedTime(started);
                var result = await followed.Result.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
                // A drive that only looked leaves the charge to those who may start it.
                if (result is null || followed.Mode == DriveMode.Charge || result.Purchase.Status.IsFinal())
                {
                    return result is null || (followed.Mode == DriveMode.Settle && result.Purchase.Status == PurchaseStatus.Cancelled)
                        ? null
                        : await OutcomeAsync(result, followed.IsJoined || result.WasFinal, cancellationToken);
                }

                followed = drives.Continue(purchaseId, DriveMode.Charge, started);
            }
        }
        catch (TimeoutException) when (!followed.Result.IsFaulted)
        {
            return stored is null
                ? new CheckoutOutcome.LeftOpen(purchaseId, Fault: null)
                : new CheckoutOutcome.Answered(new PurchaseResult(stored), IsReplay: false);
        }
        // From the row on, a charge may exist or come to be, whatever has failed since: the caller gets the purchase's id.
        catch (Exception fault) when (followed.HasRow && !cancellationToken.IsCancellationRequested)
        {
            return new CheckoutOutcome.LeftOpen(purchaseId, fault);
        }
    }

    private async Task<CheckoutOutcome> OutcomeAsync(PurchaseResult result, bool isReplay, CancellationToken cancellationToken)
    {
        if (result.IsDrivenElsewhere && !result.Purchase.Status.IsFinal())
        {
            return new CheckoutOutcome.InProgress();
        }

        var hasSecret = result.Purchase.Status is PurchaseStatus.Succeeded or PurchaseStatus.RequiresAction;
        return new CheckoutOutcome.Answered(
            hasSecret && result.ClientSecret is null
                ? result with { ClientSecret = await secrets.FindAsync(result.Purchase, StripeUse.Purchase, cancellationToken) }
                : result,
            isReplay);
    }
}
