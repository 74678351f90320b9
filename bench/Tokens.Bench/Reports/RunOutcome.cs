using Tokens.Bench.Figures;
using Tokens.Bench.Postings;
using Tokens.Bench.Products;
using Tokens.Bench.Rounds;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Reports;

/// <summary>All that a run found; kept as it is.</summary>
internal sealed record RunOutcome
{
    public required Machine Machine { get; init; }

    public required RunOptions Options { get; init; }

    public required IReadOnlyList<IReadOnlyList<CaseResult>> Rounds { get; init; }

    public required IReadOnlyList<PostingTimes> Postings { get; init; }

    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Part of the balances, asked after each round, that came from the cache.</summary>
    public required double CachedShare { get; init; }

    public required Verification Verification { get; init; }

    /// <summary>What must not be; empty in a good run.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
