using Tokens.Bench.Figures;

namespace Tokens.Bench.Reports;

/// <summary>The last lines of a report: one for each failure, then one for each bound that was missed.</summary>
internal static class FaultLines
{
    internal static string Of(IReadOnlyList<string> faults, IReadOnlyList<Figure> figures) => string.Concat(
        faults.Select(fault => $"FAILED: {fault}{Environment.NewLine}")
            .Concat(BenchResult.Misses(figures).Select(miss => $"MISSED: {miss}{Environment.NewLine}")));
}
