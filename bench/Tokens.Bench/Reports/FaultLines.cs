namespace Tokens.Bench.Reports;

/// <summary>What must not be, a line each, at a report's end.</summary>
internal static class FaultLines
{
    internal static string Of(IReadOnlyList<string> faults) => string.Concat(faults.Select(fault => $"FAILED: {fault}{Environment.NewLine}"));
}
