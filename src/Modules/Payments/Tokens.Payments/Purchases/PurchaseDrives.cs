using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Runs at most one drive a purchase in this process, apart from the requests that wait for it: a client that goes away stops
/// nothing, and a host that stops waits until each drive has found its end.
/// </summary>
internal sealed class PurchaseDrives(
    PurchaseStore store, PurchaseFlow flow, IOptions<PaymentsOptions> options, TimeProvider time) : IHostedService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Drive> _running = [];

    /// <summary>
    /// Stores a new purchase and drives it. The drive is there before the row, so that whoever finds the row in this process joins it.
    /// Its result is null when another purchase holds the key.
    /// </summary>
    internal Drive Open(Purchase purchase) => Start(
        purchase.Id,
        mayCharge: true,
        async charging => await store.TryAddAsync(purchase, CancellationToken.None)
            ? await flow.DriveAsync(purchase.Id, mayCharge: true, charging)
            : null);

    /// <summary>Drives a stored purchase, or joins the drive under way.</summary>
    internal Drive Continue(Guid purchaseId, bool mayCharge) => Start(
        purchaseId, mayCharge, async charging => await flow.DriveAsync(purchaseId, mayCharge, charging));

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

    private Drive Start(Guid purchaseId, bool mayCharge, Func<CancellationToken, Task<PurchaseResult?>> work)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(purchaseId, out var running))
            {
                return running with { IsJoined = true };
            }

            var result = Task.Run(() => RunAsync(purchaseId, work), CancellationToken.None);
            return _running[purchaseId] = new Drive(result, mayCharge, IsJoined: false);
        }
    }

    private async Task<PurchaseResult?> RunAsync(Guid purchaseId, Func<CancellationToken, Task<PurchaseResult?>> work)
    {
        try
        {
            using var charging = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.ChargeWithinMilliseconds), time);
            return await work(charging.Token);
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
    /// <param name="MayCharge">Whether it starts a charge.</param>
    /// <param name="IsJoined">Whether somebody else had started it.</param>
    internal sealed record Drive(Task<PurchaseResult?> Result, bool MayCharge, bool IsJoined);
}
