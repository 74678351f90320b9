using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tokens.Analytics.Data;
using Tokens.Analytics.RollUps;
using Tokens.Platform.Storage;

namespace Tokens.Analytics.Generations;

/// <summary>Compares the generation that has been built with the one that is read, says how far they are apart, and switches over.</summary>
internal sealed partial class GenerationSwitch(IModuleDb<AnalyticsDb> db, IRollUpStore store, ILogger<GenerationSwitch> logger)
{
    internal async Task RunAsync(short built, DateTime now, CancellationToken cancellationToken)
    {
        var (apart, isFirst) = await db.ReadAtLengthAsync((context, token) => CompareAsync(context, built, token), cancellationToken);
        if (await db.WriteAsync((context, token) => SwitchAsync(context, built, apart, now, token), cancellationToken))
        {
            LogSwitched(logger, built, isFirst ? 0 : apart);
        }
    }

    // What is counted in one and not yet in the other is apart too: a few rows while much is posted.
    private static async Task<(int Apart, bool IsFirst)> CompareAsync(AnalyticsDb context, short built, CancellationToken cancellationToken)
    {
        var live = await context.Generations.Where(g => g.Status == GenerationStatus.Live).Select(g => (short?)g.Id)
            .SingleOrDefaultAsync(cancellationToken);
        return live is null
            ? (0, true)
            : (await MissingAsync(context, live.Value, built, cancellationToken) + await MissingAsync(context, built, live.Value, cancellationToken), false);
    }

    private static Task<int> MissingAsync(AnalyticsDb context, short from, short to, CancellationToken cancellationToken) => context.RollUps
        .Where(row => row.Generation == from && (row.Tokens != 0 || row.Transfers != 0))
        .CountAsync(
            row => !context.RollUps.Any(other =>
                other.Generation == to && other.MemberId == row.MemberId && other.Side == row.Side && other.Quarter == row.Quarter
                && other.Kind == row.Kind && other.CounterpartyId == row.CounterpartyId
                && other.Tokens == row.Tokens && other.Transfers == row.Transfers),
            cancellationToken);

    private async Task<bool> SwitchAsync(AnalyticsDb context, short built, int apart, DateTime now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await store.LockGenerationsAsync(context, cancellationToken);
        await context.Generations.Where(g => g.Status == GenerationStatus.Live)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GenerationStatus.Retired), cancellationToken);
        var switched = await context.Generations.Where(g => g.Id == built && g.Status == GenerationStatus.Building)
            .ExecuteUpdateAsync(
                set => set.SetProperty(g => g.Status, GenerationStatus.Live).SetProperty(g => g.SwitchedAt, now)
                    .SetProperty(g => g.RowsApart, apart),
                cancellationToken);
        if (switched == 0)
        {
            // Another host has switched over.
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(LogIds.GenerationSwitchSwitched, LogLevel.Information, "Generation {Generation} of the roll-ups is read now; {RowsApart} rows differ from the one before")]
    private static partial void LogSwitched(ILogger logger, short generation, int rowsApart);
}
