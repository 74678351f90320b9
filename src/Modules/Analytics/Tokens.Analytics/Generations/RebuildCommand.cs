using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Analytics.Data;
using Tokens.Platform.Commands;
using Tokens.Platform.Storage;

namespace Tokens.Analytics.Generations;

/// <summary><c>--run analytics.rebuild</c>: counts everything anew beside what is read, compares, and switches over.</summary>
internal sealed class RebuildCommand(
    IModuleDb<AnalyticsDb> db, GenerationBook generations, Replay replay, IOptions<AnalyticsOptions> options) : IModuleCommand
{
    private const int PagesBetweenWords = 20;

    public string Name => $"{AnalyticsModule.ModuleName}.rebuild";

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var id = await generations.BeginAsync(cancellationToken);
        await output.WriteLineAsync(Say($"Generation {id} is being built, {options.Value.ReplayTransfersMax:N0} transfers at a time."));
        for (var page = 1; await replay.StepAsync(cancellationToken); page++)
        {
            if (page % PagesBetweenWords == 0)
            {
                await output.WriteLineAsync(Say($"{(await FindAsync(id, cancellationToken)).EntriesRead:N0} entries are counted."));
            }
        }

        var built = await FindAsync(id, cancellationToken);
        await output.WriteLineAsync(Say(
            $"Done: {built.EntriesRead:N0} entries are counted, {built.RowsApart ?? 0:N0} roll-ups differ from those read before, and generation {id} is read now."));
    }

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    private Task<Generation> FindAsync(short id, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Generations.AsNoTracking().SingleAsync(generation => generation.Id == id, token), cancellationToken);
}
