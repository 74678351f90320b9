using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Analytics.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Analytics.Generations;

/// <summary>Builds what is to be built, and clears away retired generations and batches that can't be repeated any more.</summary>
internal sealed partial class Upkeep(
    IModuleDb<AnalyticsDb> db, GenerationBook generations, Replay replay, IOptions<AnalyticsOptions> options, TimeProvider time, ILogger<Upkeep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.UpkeepSeconds), time);
        do
        {
            try
            {
                await generations.EnsureAsync(stoppingToken);
                while (await replay.StepAsync(stoppingToken))
                {
                    stoppingToken.ThrowIfCancellationRequested();
                }

                await ClearAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogDelayed(logger, fault);
            }
        }
        while (await rounds.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        var old = time.UtcNow().AddHours(-options.Value.InboxHours);
        await db.WriteAsync((context, token) => context.Inbox.Where(batch => batch.CountedAt < old).ExecuteDeleteAsync(token), cancellationToken);
        var retired = await db.ReadAsync(
            (context, token) => context.Generations.Where(g => g.Status == GenerationStatus.Retired).Select(g => g.Id).ToListAsync(token),
            cancellationToken);
        foreach (var id in retired)
        {
            await db.RunAtLengthAsync((context, token) => ClearAsync(context, id, token), cancellationToken);
        }
    }

    private static async Task<bool> ClearAsync(AnalyticsDb context, short generation, CancellationToken cancellationToken)
    {
        await context.RollUps.Where(row => row.Generation == generation).ExecuteDeleteAsync(cancellationToken);
        await context.LateArrivals.Where(row => row.Generation == generation).ExecuteDeleteAsync(cancellationToken);
        await context.Inbox.Where(row => row.Generation == generation).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogIds.UpkeepDelayed, LogLevel.Warning, "The roll-ups' upkeep failed; the next round goes on")]
    private static partial void LogDelayed(ILogger logger, Exception fault);
}
