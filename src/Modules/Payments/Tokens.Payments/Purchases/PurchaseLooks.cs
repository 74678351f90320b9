using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Asks Stripe how open purchases stand, and credits what is paid; starts no charge. However many callers of this host ask for one
/// purchase, Stripe is asked once in a pause; callers in the pause get the row as it is.
/// </summary>
internal sealed class PurchaseLooks(PurchaseDrives drives, IOptions<PaymentsOptions> options, TimeProvider time)
{
    // Looks under way, and those that ended less than a pause ago.
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Purchase>>> _looks = new();

    /// <summary>The purchase as it stands now; as it was read when Stripe was asked just before, or doesn't answer in time.</summary>
    internal async Task<Purchase> RefreshAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase.Status.IsFinal())
        {
            return purchase;
        }

        var own = new Lazy<Task<Purchase>>(() => LookAsync(purchase));
        var look = _looks.GetOrAdd(purchase.Id, own);
        if (look != own && look.Value.IsCompleted)
        {
            return purchase;
        }

        try
        {
            return await look.Value.WaitAsync(TimeSpan.FromMilliseconds(options.Value.AnswerWithinMilliseconds), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return purchase;
        }
    }

    private async Task<Purchase> LookAsync(Purchase purchase)
    {
        try
        {
            var drive = drives.Continue(purchase.Id, DriveMode.Look, time.GetTimestamp());
            return (await drive.Result)?.Purchase ?? purchase;
        }
        finally
        {
            Forget(purchase.Id);
        }
    }

    private void Forget(Guid purchaseId)
    {
        if (options.Value.LookPause == TimeSpan.Zero)
        {
            _looks.TryRemove(purchaseId, out _);
            return;
        }

        _ = Task.Delay(options.Value.LookPause, time).ContinueWith(
            (_, id) => _looks.TryRemove((Guid)id!, out Lazy<Task<Purchase>>? _), purchaseId, TaskScheduler.Default);
    }
}
