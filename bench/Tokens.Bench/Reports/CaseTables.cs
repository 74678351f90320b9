using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Processes;
using Tokens.Bench.Rounds;

namespace Tokens.Bench.Reports;

/// <summary>The cases over all rounds.</summary>
internal static class CaseTables
{
    internal static string Loads(IReadOnlyList<IReadOnlyList<CaseResult>> rounds)
    {
        var table = new TextTable("case", "a second", "lowest", "highest", "p50 ms", "p99 ms", "refused", "no answer");
        foreach (var (name, results) in ByCase(rounds))
        {
            LoadResult[] loads = [.. results.Select(result => result.Load)];
            table.Add(
                name,
                Text.PerSecond(Statistics.Median(loads.Select(load => load.PerSecond))),
                Text.PerSecond(loads.Min(load => load.PerSecond)),
                Text.PerSecond(loads.Max(load => load.PerSecond)),
                Milliseconds(loads.Select(load => load.P50Ms)),
                Milliseconds(loads.Select(load => load.P99Ms)),
                $"{loads.Sum(load => load.Refused):N0}",
                $"{loads.Sum(load => load.Broken):N0}");
        }

        return table.ToString();
    }

    /// <summary>Medians of processor time and of memory at a case's end; peaks are the highest seen.</summary>
    internal static string Usage(IReadOnlyList<IReadOnlyList<CaseResult>> rounds)
    {
        var table = new TextTable("CPU s / RSS / peak MiB", "product", "postgres", "redis", "load generator", "others' CPU s", "KiB allocated a request");
        foreach (var (name, results) in ByCase(rounds))
        {
            var byProcess = results.SelectMany(result => result.Usage).GroupBy(usage => usage.Process).Select(Usage);
            table.Add([name, .. byProcess, Text.Seconds(Statistics.Median(results.Select(result => result.OthersCpuSeconds))), Allocated(name, results)]);
        }

        return table.ToString();
    }

    private static string Allocated(string name, IReadOnlyList<CaseResult> results) => CaseNames.IsRaw(name)
        ? ""
        : Text.Kibibytes(Statistics.Median(results.Select(result => result.AllocatedBytes / result.Load.Requests)));

    private static string Usage(IEnumerable<ProcessUsage> process) => string.Join(
        " / ",
        Text.Seconds(Statistics.Median(process.Select(usage => usage.CpuSeconds))),
        Text.Mebibytes(Statistics.Median(process.Select(usage => (double)usage.ResidentBytes))),
        Text.Mebibytes(process.Max(usage => usage.ResidentPeakBytes)));

    private static IEnumerable<(string Name, IReadOnlyList<CaseResult> Results)> ByCase(IReadOnlyList<IReadOnlyList<CaseResult>> rounds) =>
        rounds.SelectMany(round => round).GroupBy(result => result.Case).Select(group => (group.Key, (IReadOnlyList<CaseResult>)[.. group]));

    private static string Milliseconds(IEnumerable<double?> values) =>
        values.OfType<double>().ToList() is { Count: > 0 } known ? Text.Milliseconds(Statistics.Median(known)) : "";
}
