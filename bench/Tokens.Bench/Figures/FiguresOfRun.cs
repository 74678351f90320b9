using Tokens.Bench.Postings;
using Tokens.Bench.Rounds;

namespace Tokens.Bench.Figures;

/// <summary>What a run is held against. Ratios are taken within a round, where both sides met the same machine.</summary>
internal static class FiguresOfRun
{
    internal static IReadOnlyList<Figure> Of(IReadOnlyList<IReadOnlyList<CaseResult>> rounds, IReadOnlyList<PostingTimes> postings)
    {
        return
        [
            Ratio(CaseNames.TipsSpread, CaseNames.RawSpread, Bound.AtLeast(1.2)),
            Ratio(CaseNames.TipsOnePayee, CaseNames.RawOnePayee, Bound.AtLeast(4)),
            Ratio(CaseNames.TipsOnePayee, CaseNames.TipsSpread, Bound.AtLeast(0.9)),
            new Figure(
                $"{CaseNames.Tips1000} / best of 64, 256 and 1,000",
                [.. rounds.Select(round => PerSecond(round, CaseNames.Tips1000) / Best(round))],
                Bound.AtLeast(0.9)),
            new Figure("ms that the ledger adds to a batch of one", [.. postings.Select(times => times.AddedMs)], Bound.AtMost(2)),
            Ratio(CaseNames.Balance, CaseNames.Noop, Bound.AtLeast(0.6)),
            Ratio(CaseNames.TipsSpread, CaseNames.Noop),
            Ratio(CaseNames.Noop, CaseNames.NoopDirect),
        ];

        Figure Ratio(string over, string under, Bound? required = null) => new(
            $"{over} / {under}", [.. rounds.Select(round => PerSecond(round, over) / PerSecond(round, under))], required);
    }

    private static double Best(IReadOnlyList<CaseResult> round) =>
        new[] { CaseNames.Tips64, CaseNames.TipsSpread, CaseNames.Tips1000 }.Max(name => PerSecond(round, name));

    private static double PerSecond(IReadOnlyList<CaseResult> round, string name) => round.Single(result => result.Case == name).Load.PerSecond;
}
