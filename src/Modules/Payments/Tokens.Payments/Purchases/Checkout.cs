using Microsoft.Extensions.Options;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>Where a member's order becomes a purchase: one purchase a key, however often and wherever the order comes in.</summary>
internal sealed class Checkout(
    PurchaseStore store, PurchaseDrives drives, ClientSecrets secrets, IOptions<PaymentsOptions> options, TimeProvider time)
{
    private const int RacesMax = 3;

    private TimeSpan AnswerWithin => TimeSpan.FromMilliseconds(options.Value.AnswerWithinMilliseconds);

    /// <param name="order">What is asked for.</param>
    /// <param name="cancellationToken">Ends the waiting; the purchase itself goes on.</param>
    internal async Task<CheckoutOutcome> PlaceAsync(PurchaseOrder order, CancellationToken cancellationToken)
    {
        for (var race = 0; race < RacesMax; race++)
        {
            if (await FindAsync(order, cancellationToken) is { } known)
            {
                return known.IsFor(order)
                    ? await ContinueAsync(known, cancellationToken)
                    : new CheckoutOutcome.KeyReused();
            }

            var purchase = Purchase.Open(order, Uuid.New(time), time.UtcNow());
            if (await FollowAsync(purchase, drives.Open(purchase), cancellationToken) is { } outcome)
            {
                return outcome;
            }

            // Another request with this key was faster: it is the one to follow, unless its card was refused already.
        }

        return new CheckoutOutcome.InProgress();
    }

    /// <summary>Asks Stripe how an open purchase stands, and credits it if it is paid; starts no charge.</summary>
    internal async Task<Purchase> RefreshAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Status.IsFinal())
        {
            return purchase;
        }

        try
        {
            var drive = drives.Continue(purchase.Id, mayCharge: false);
            return (await drive.Result.WaitAsync(AnswerWithin, time, cancellationToken))?.Purchase ?? purchase;
        }
        catch (TimeoutException)
        {
            return purchase;
        }
    }

    private Task<Purchase?> FindAsync(PurchaseOrder order, CancellationToken cancellationToken) => order.Key is { } key
        ? store.FindKeyHolderAsync(order.MemberId, order.Route, key, cancellationToken)
        : Task.FromResult<Purchase?>(null);

    private async Task<CheckoutOutcome> ContinueAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (!purchase.Status.IsFinal())
        {
            return await FollowAsync(purchase, drives.Continue(purchase.Id, mayCharge: true), cancellationToken)
                ?? new CheckoutOutcome.InProgress();
        }

        var secret = await secrets.FindAsync(purchase, cancellationToken);
        return new CheckoutOutcome.Answered(new PurchaseResult(purchase) { ClientSecret = secret }, IsReplay: true);
    }

    /// <summary>Waits for the drive as long as an answer may take; null when the purchase was never stored.</summary>
    private async Task<CheckoutOutcome?> FollowAsync(Purchase purchase, PurchaseDrives.Drive drive, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var left = AnswerWithin - time.GetElapsedTime(started);
                var result = await drive.Result.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
                // A drive that only looked leaves the charge to those who may start it.
                if (result is null || drive.MayCharge || result.Purchase.Status.IsFinal())
                {
                    return result is null ? null : await OutcomeAsync(result, drive.IsJoined || result.WasFinal, cancellationToken);
                }

                drive = drives.Continue(purchase.Id, mayCharge: true);
            }
        }
        catch (TimeoutException)
        {
            return new CheckoutOutcome.Answered(new PurchaseResult(purchase), IsReplay: false);
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
                ? result with { ClientSecret = await secrets.FindAsync(result.Purchase, cancellationToken) }
                : result,
            isReplay);
    }
}
