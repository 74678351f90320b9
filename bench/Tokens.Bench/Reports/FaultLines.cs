using Tokens.Bench.Figures;

namespace Tokens.Bench.Reports;

/// <summary>What must not be, a line each, at a report's end: what went wrong, then the bounds that were missed.</summary>
internal static class FaultLines
{
    internal static string Of(IReadOnlyList<string> faults, IReadOnlyList<Figure> figures) => string.Concat(
        faults.Select(fault => $"FAILED: {fault}{Environment.NewLine}")
            .Concat(Verdict.Misses(figures).Select(miss => $"MISSED: {miss}{Environment.NewLine}")));
}
