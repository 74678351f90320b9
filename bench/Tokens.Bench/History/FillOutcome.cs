using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Processes;
using Tokens.Bench.Products;
using Tokens.Bench.Reports;
using Tokens.Bench.Settings;

namespace Tokens.Bench.History;

/// <summary>All that a fill found; kept as it is.</summary>
internal sealed record FillOutcome
{
    public required Machine Machine { get; init; }

    public required FillOptions Options { get; init; }

    /// <summary>How long COPY and indexes took.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Table and indexes of the transfers.</summary>
    public required long TransfersBytes { get; init; }

    /// <summary>Before the tips began; the first search finds no blocks and makes them.</summary>
    public required IReadOnlyList<PageTimes> PagesAtRest { get; init; }

    /// <summary>The same pages while tips went on.</summary>
    public required IReadOnlyList<PageTimes> Pages { get; init; }

    public required Verification Verification { get; init; }

    public required double VerificationSeconds { get; init; }

    /// <summary>The tips that went on meanwhile, in stretches.</summary>
    public required IReadOnlyList<LoadResult> Tips { get; init; }

    /// <summary>Since each server's start.</summary>
    public required IReadOnlyList<ProcessUsage> Usage { get; init; }

    /// <summary>The same recount when the tips had ended.</summary>
    public required Verification VerificationAtRest { get; init; }

    /// <summary>Of one round each.</summary>
    public IReadOnlyList<Figure> Figures =>
    [
        new("ms that the slowest page takes at rest", [PagesAtRest.Max(page => Statistics.Median(page.Ms))], Bound.AtMost(10)),
        new("s that the verification takes, tips going on", [VerificationSeconds], Bound.AtMost(60)),
    ];

    public required IReadOnlyList<string> Faults { get; init; }
}
