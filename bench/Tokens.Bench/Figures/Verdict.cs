using Tokens.Bench.Reports;

namespace Tokens.Bench.Figures;

/// <summary>What a benchmark as a whole comes to.</summary>
internal static class Verdict
{
    /// <summary>A line a figure that misses its bound: which, its value and the bound.</summary>
    internal static IEnumerable<string> Misses(IReadOnlyList<Figure> figures) => figures
        .Where(figure => figure.Holds == false)
        .Select(figure => $"{figure.Name}: {Text.Ratio(figure.Median)}, required {figure.Required}");

    /// <summary>0 when nothing failed and every bound is kept; else 1.</summary>
    internal static int ExitCode(IReadOnlyList<string> faults, IReadOnlyList<Figure> figures) =>
        faults.Count == 0 && !Misses(figures).Any() ? 0 : 1;
}
