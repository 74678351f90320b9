using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;

namespace Tokens.Payments.Settlement;

/// <summary>
/// Brings every purchase that nobody waits for to its end: credits what was paid, gives up what wasn't, cancels the intents that are
/// left over. Several hosts may do it at once: a purchase is claimed before it is touched.
/// </summary>
internal sealed partial class SettlementWorker(
    DuePurchases purchases,
    PurchaseDrives drives,
    CheckSchedule schedule,
    PaymentsMetrics metrics,
    IOptions<SettlementOptions> options,
    TimeProvider time,
    ILogger<SettlementWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
        using var timer = new PeriodicTimer(pause, time);
        do
        {
            await SettleDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SettleDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await purchases.ListAsync(stoppingToken) is { Count: > 0 } due)
            {
                var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ConcurrencyMax, CancellationToken = stoppingToken };
                await Parallel.ForEachAsync(due, atOnce, async (purchaseId, _) => await SettleAsync(purchaseId));
                if (due.Count < options.Value.BatchMax)
                {
                    return;
                }
            }
        }
        // Whatever it is, a schema that lags too: the host goes on, and so does the next round.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogDelayed(logger, fault);
        }
    }

    private async Task SettleAsync(Guid purchaseId)
    {
        try
        {
            await drives.Continue(purchaseId, DriveMode.Settle, time.GetTimestamp()).Result;
        }
        catch (Exception fault)
        {
            await PutOffAsync(purchaseId, fault);
        }
    }

    // One poisoned purchase must not stop the others, whatever is wrong with it.
    private async Task PutOffAsync(Guid purchaseId, Exception fault)
    {
        var isPassing = PassingFaults.Covers(fault);
        LogPutOff(logger, fault, purchaseId, isPassing);
        if (await purchases.PutOffAsync(purchaseId, schedule.Soon, isPassing))
        {
            metrics.CountParked(ParkedKind.Purchase, ParkedReason.KeepsFailing);
            LogParked(logger, purchaseId);
        }
    }

    [LoggerMessage(LogIds.SettlementWorkerDelayed, LogLevel.Warning, "Purchases could not be settled; the next round takes them along")]
    private static partial void LogDelayed(ILogger logger, Exception fault);

    [LoggerMessage(LogIds.SettlementWorkerPutOff, LogLevel.Error, "Purchase {PurchaseId} could not be settled and is put off; passing: {IsPassing}")]
    private static partial void LogPutOff(ILogger logger, Exception fault, Guid purchaseId, bool isPassing);

    [LoggerMessage(LogIds.SettlementWorkerParked, LogLevel.Error, "Purchase {PurchaseId} keeps failing and is parked until it is released")]
    private static partial void LogParked(ILogger logger, Guid purchaseId);
}
