using System.Globalization;

namespace Tokens.Bench.Objectives;

/// <summary>Commits of the ledger that analytics has counted since the product's start, as its metrics say.</summary>
/// <param name="InTime">Those that it counted within <see cref="WithinSeconds"/>.</param>
/// <param name="All">All of them.</param>
internal sealed record LagCount(long InTime, long All)
{
    /// <summary>One of the bounds of the metric's buckets.</summary>
    internal const int WithinSeconds = 2;

    private const string Metric = "tokens_analytics_lag_seconds";

    internal LagCount Since(LagCount before) => new(InTime - before.InTime, All - before.All);

    /// <summary>Reads the text that the product gives Prometheus; before the first commit is counted the metric isn't there.</summary>
    internal static LagCount Parse(string metrics)
    {
        var lines = metrics.Split('\n');
        return new LagCount(
            Sum(line => line.StartsWith($"{Metric}_bucket", StringComparison.Ordinal) && line.Contains($"le=\"{WithinSeconds}\"", StringComparison.Ordinal)),
            Sum(line => line.StartsWith($"{Metric}_count", StringComparison.Ordinal)));

        long Sum(Func<string, bool> isOf) => lines.Where(isOf)
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
