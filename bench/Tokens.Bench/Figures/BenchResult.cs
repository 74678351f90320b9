using Tokens.Bench.Reports;

namespace Tokens.Bench.Figures;

/// <summary>The result of a whole benchmark: the bounds that it missed, and its exit code.</summary>
internal static class BenchResult
{
    /// <summary>Returns a line for each figure that misses its bound: its name, its value and the bound.</summary>
    internal static IEnumerable<string> Misses(IReadOnlyList<Figure> figures) => figures
        .Where(figure => figure.Holds == false)
        .Select(figure => $"{figure.Name}: {Text.Ratio(figure.Median)}, required {figure.Required}");

    /// <summary>Returns 0 when nothing failed and every bound is kept; else 1.</summary>
    internal static int ExitCode(IReadOnlyList<string> faults, IReadOnlyList<Figure> figures) =>
        faults.Count == 0 && !Misses(figures).Any() ? 0 : 1;
}
