using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Products;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Overload;

/// <summary>All that an overload found; kept as it is.</summary>
internal sealed record OverloadOutcome
{
    // The crowd's first connections are still being opened.
    private const int MemorySettlesSeconds = 5;

    public required Machine Machine { get; init; }

    public required OverloadOptions Options { get; init; }

    /// <summary>What the product bears: before the crowd.</summary>
    public required LoadResult Before { get; init; }

    public required LoadResult Crowd { get; init; }

    public required ProbeResult Probe { get; init; }

    /// <summary>Resident bytes of the product during the crowd, a value a second.</summary>
    public required IReadOnlyList<long> MemoryBytes { get; init; }

    /// <summary>Stretches after the crowd.</summary>
    public required IReadOnlyList<Stretch> After { get; init; }

    /// <summary>Deadlocks that PostgreSQL has counted.</summary>
    public required long Deadlocks { get; init; }

    public required Verification Verification { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Seconds after the crowd's end until the end of a stretch with 0.9 of what was borne before; null when there was none.</summary>
    public double? RecoverySeconds => After.FirstOrDefault(each => each.PerSecond >= 0.9 * Before.PerSecond)?.EndsAtSeconds;

    /// <summary>Memory in the crowd's last second over memory when it had just gathered.</summary>
    public double MemoryGrowth => MemoryBytes.Count > MemorySettlesSeconds ? MemoryBytes[^1] / (double)MemoryBytes[MemorySettlesSeconds] : double.NaN;

    public IReadOnlyList<Figure> Figures =>
    [
        new("ms within which 99 of 100 taken tips were answered", [Probe.Percentile(areTaken: true, 99) ?? double.NaN], Bound.AtMost(1_000)),
        new("ms within which 99 of 100 refusals came", [Probe.Percentile(areTaken: false, 99) ?? double.NaN], Bound.AtMost(1_000)),
        new("tips a second in the crowd / before it", [Crowd.Succeeded / (double)Crowd.Requests * Crowd.PerSecond / Before.PerSecond]),
        new("memory at the crowd's end / when it had gathered", [MemoryGrowth], Bound.AtMost(1.1)),
        new("seconds until 0.9 of the rate before", [RecoverySeconds ?? double.NaN], Bound.AtMost(10)),
        new("deadlocks", [Deadlocks], Bound.AtMost(0)),
    ];
}
