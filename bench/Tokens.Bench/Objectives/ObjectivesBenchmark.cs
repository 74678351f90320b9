using Tokens.Bench.Figures;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>The verb <c>objectives</c>.</summary>
internal static class ObjectivesBenchmark
{
    /// <summary>0, or 1 when something failed or a figure missed its bound.</summary>
    internal static async Task<int> RunAsync(ObjectivesOptions options, Servers servers, CancellationToken cancellationToken)
    {
        var machine = await Machine.ReadAsync(servers, cancellationToken);
        var results = new List<ObjectiveResult>();
        foreach (var objective in ObjectiveList.Of(options, servers).Where(each => options.Covers(each.Name)))
        {
            Console.Error.WriteLine($"objective: {objective.Name}");
            results.Add(await MeasureAsync(objective, cancellationToken));
        }

        var outcome = new ObjectivesOutcome { Machine = machine, Options = options, Objectives = results };
        await Results.KeepAsync(servers, "objectives", ObjectivesReport.Of(outcome), outcome, cancellationToken);
        return BenchResult.ExitCode(outcome.Faults, outcome.Figures);
    }

    // One that can't be measured keeps no other from being measured.
    private static async Task<ObjectiveResult> MeasureAsync(Objective objective, CancellationToken cancellationToken)
    {
        try
        {
            return await objective.MeasureAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new ObjectiveResult(objective.Name, [], [$"{objective.Name}: {fault.Message}"]);
        }
    }
}
