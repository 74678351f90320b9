using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokens.Payments.Charging;
using Tokens.Platform.Problems;
using Tokens.Platform.Work;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Runs at most one drive a purchase in this process, apart from the requests that wait for it: a client that goes away stops
/// nothing, and a host that stops waits until each drive has found its end.
/// </summary>
internal sealed class PurchaseDrives(
    PurchaseStore store, PurchaseFlow flow, FailPoints failPoints, IOptions<PaymentsOptions> options, TimeProvider time) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Drive> _running = [];

    /// <summary>
    /// Stores a new purchase and drives it. The drive is there before the row, so that whoever finds the row in this process joins it.
    /// Its result is null when another purchase holds the key.
    /// </summary>
    /// <param name="purchase">The new purchase.</param>
    /// <param name="started">Timestamp of its caller's request, from which the drive's time counts.</param>
    internal Drive Open(Purchase purchase, long started)
    {
        var hasRow = new StrongBox<bool>(false);
        return Start(purchase.Id, DriveMode.Charge, started, hasRow, async time =>
        {
            if (!await store.TryAddAsync(purchase, CancellationToken.None))
            {
                return null;
            }

            hasRow.Value = true;
            failPoints.Reach(PaymentsFailPoint.PurchaseStored);
            return await flow.DriveAsync(purchase.Id, DriveMode.Charge, time, opened: purchase);
        });
    }

    /// <summary>Drives a stored purchase, or joins the drive under way.</summary>
    internal Drive Continue(Guid purchaseId, DriveMode mode, long started) => Start(
        purchaseId, mode, started, new StrongBox<bool>(true), async time => await flow.DriveAsync(purchaseId, mode, time));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] open;
        lock (_lock)
        {
            open = [.. _running.Values.Select(drive => drive.Result)];
        }

        // How they end is their callers' business; their rows say how to go on.
        await Task.WhenAll(open).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Drive Start(
        Guid purchaseId, DriveMode mode, long started, StrongBox<bool> hasRow, Func<DriveTime, Task<PurchaseResult?>> work)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(purchaseId, out var running))
            {
                return running with { IsJoined = true };
            }

            var result = Task.Run(() => RunAsync(purchaseId, mode, started, work), CancellationToken.None);
            return _running[purchaseId] = new Drive(result, mode, IsJoined: false, hasRow);
        }
    }

    private async Task<PurchaseResult?> RunAsync(
        Guid purchaseId, DriveMode mode, long started, Func<DriveTime, Task<PurchaseResult?>> work)
    {
        try
        {
            using var driveTime = new DriveTime(started, options.Value, time)
            {
                Use = mode == DriveMode.Charge ? StripeUse.Purchase : StripeUse.Background,
            };
            return await work(driveTime);
        }
        catch (Exception fault)
        {
            fault.Note("purchaseId", purchaseId);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(purchaseId);
            }
        }
    }

    /// <param name="Result">Completes when the drive has ended.</param>
    /// <param name="Mode">What it may do.</param>
    /// <param name="IsJoined">Whether another call had started it.</param>
    /// <param name="Row">Whether the purchase's row is known to be stored.</param>
    internal sealed record Drive(Task<PurchaseResult?> Result, DriveMode Mode, bool IsJoined, StrongBox<bool> Row)
    {
        internal bool HasRow => Volatile.Read(ref Row.Value);
    }
}
