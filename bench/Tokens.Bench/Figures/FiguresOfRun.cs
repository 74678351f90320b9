using Tokens.Bench.Postings;
using Tokens.Bench.Rounds;

namespace Tokens.Bench.Figures;

/// <summary>
/// What a run is held against. Ratios are taken within a round, where both sides met the same machine; those whose cases weren't all
/// measured are left out.
/// </summary>
internal static class FiguresOfRun
{
    private static readonly string[] ManyTips = [CaseNames.Tips64, CaseNames.TipsSpread, CaseNames.Tips1000];

    internal static IReadOnlyList<Figure> Of(IReadOnlyList<IReadOnlyList<CaseResult>> rounds, IReadOnlyList<PostingTimes> postings)
    {
        Figure?[] figures =
        [
            Ratio(CaseNames.TipsSpread, CaseNames.RawSpread, Bound.AtLeast(1.2)),
            Ratio(CaseNames.TipsOnePayee, CaseNames.RawOnePayee, Bound.AtLeast(4)),
            Ratio(CaseNames.TipsOnePayee, CaseNames.TipsSpread, Bound.AtLeast(0.9)),
            Of($"{CaseNames.Tips1000} / best of 64, 256 and 1,000", ManyTips, rate => rate(CaseNames.Tips1000) / ManyTips.Max(rate), Bound.AtLeast(0.9)),
            new Figure("ms that the ledger adds to a batch of one", [.. postings.Select(times => times.AddedMs)], Bound.AtMost(2)),
            Ratio(CaseNames.Balance, CaseNames.Noop, Bound.AtLeast(0.6)),
            Ratio(CaseNames.TipsSpread, CaseNames.Noop),
            Ratio(CaseNames.TipsOnePayee, CaseNames.Noop),
            Ratio(CaseNames.Noop, CaseNames.NoopDirect),
        ];
        return [.. figures.OfType<Figure>()];

        Figure? Ratio(string over, string under, Bound? required = null) =>
            Of($"{over} / {under}", [over, under], rate => rate(over) / rate(under), required);

        Figure? Of(string name, IReadOnlyList<string> cases, Func<Func<string, double>, double> compute, Bound? required) =>
            cases.All(each => rounds.All(round => round.Any(result => result.Case == each)))
                ? new Figure(name, [.. rounds.Select(round => compute(each => round.Single(result => result.Case == each).Load.PerSecond))], required)
                : null;
    }
}
