using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Events;

/// <summary>Removes events that were applied or ignored long ago; parked ones stay until somebody has looked.</summary>
internal sealed partial class EventCleanup(
    IModuleDb<PaymentsDb> db, IOptions<WebhookOptions> options, TimeProvider time, ILogger<EventCleanup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.CleanupSeconds), time);
        do
        {
            try
            {
                while (await RemoveAsync(stoppingToken) == options.Value.CleanupBatchSizeMax)
                {
                    // The rest is removed by statements of its own, each short enough to hold up nobody.
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogDelayed(logger, fault);
            }
        }
        while (await rounds.WaitForNextTickAsync(stoppingToken));
    }

    private Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        var before = time.UtcNow() - TimeSpan.FromDays(options.Value.KeepDays);
        return db.WriteAsync(
            (context, token) => context.StripeEvents
                .Where(e => e.ReceivedAt < before && e.FinishedAt < before
                    && (e.Status == StripeEventStatus.Applied || e.Status == StripeEventStatus.Ignored))
                .OrderBy(e => e.ReceivedAt).Take(options.Value.CleanupBatchSizeMax).ExecuteDeleteAsync(token),
            cancellationToken);
    }

    [LoggerMessage(LogIds.EventCleanupDelayed, LogLevel.Warning, "Old events could not be removed; the next round tries again")]
    private static partial void LogDelayed(ILogger logger, Exception fault);
}
