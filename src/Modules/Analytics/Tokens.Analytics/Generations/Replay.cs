using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Analytics.Data;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Generations;

/// <summary>
/// Counts the wallet's history into the generation that is being built, page by page; any host may do the next one, and goes on where
/// one that died stopped. What is posted meanwhile is counted as everything is: each batch that was posted before the generation was
/// begun stands in the history, each later one is told to the subscriber.
/// </summary>
internal sealed class Replay(
    IModuleDb<AnalyticsDb> db,
    IWalletHistory history,
    RollUpCounter counter,
    GenerationSwitch generationSwitch,
    IOptions<AnalyticsOptions> options,
    TimeProvider time)
{
    /// <summary>Counts a page, or switches over at the end; false when nothing is being built.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var building = await db.ReadAsync(
            (context, token) => context.Generations.AsNoTracking().SingleOrDefaultAsync(g => g.Status == GenerationStatus.Building, token),
            cancellationToken);
        if (building is null)
        {
            return false;
        }

        var page = await history.ReadBatchesAsync(building.LastBatchId, options.Value.ReplayTransfersMax, cancellationToken);
        if (page.Count == 0)
        {
            await generationSwitch.RunAsync(building.Id, time.UtcNow(), cancellationToken);
            return true;
        }

        return await db.WriteAsync((context, token) => CountAsync(context, building, page, token), cancellationToken);
    }

    private async Task<bool> CountAsync(
        AnalyticsDb context, Generation building, IReadOnlyList<PostedBatch> page, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (last, entries) = (page[^1].Id, page.Sum(batch => batch.Entries.Count));
        var isOurs = await context.Generations
            .Where(g => g.Id == building.Id && g.Status == GenerationStatus.Building && g.LastBatchId == building.LastBatchId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(g => g.LastBatchId, last).SetProperty(g => g.EntriesRead, g => g.EntriesRead + entries),
                cancellationToken);
        // Otherwise another host has counted this page.
        if (isOurs == 1)
        {
            await counter.CountAsync(context, building.Id, page, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }
}
