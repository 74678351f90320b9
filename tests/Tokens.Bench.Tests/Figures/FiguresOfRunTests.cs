using Tokens.Bench.Figures;
using Tokens.Bench.Load;
using Tokens.Bench.Postings;
using Tokens.Bench.Rounds;

namespace Tokens.Bench.Tests.Figures;

public sealed class FiguresOfRunTests
{
    [Fact]
    public void Ratios_are_taken_within_a_round_before_the_median()
    {
        // The machine is ten times slower in the second round: medians of the cases alone would give 300 / 200.
        var figure = Figures(Round(300, 200), Round(20, 10), Round(500, 200))[0];

        figure.Name.ShouldBe("tips, spread / raw, spread");
        figure.ByRound.ShouldBe([1.5, 2, 2.5]);
        figure.Median.ShouldBe(2);
        figure.Holds.ShouldBe(true);
    }

    [Theory]
    [InlineData(1.19, false)]
    [InlineData(1.2, true)]
    public void A_figure_holds_at_its_bound(double ratio, bool holds) =>
        Figures(Round(ratio * 1_000, 1_000))[0].Holds.ShouldBe(holds);

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(2.01, false)]
    public void What_the_ledger_adds_is_bounded_from_above(double addedMs, bool holds)
    {
        var figure = FiguresOfRun.Of([Round(1, 1)], [new PostingTimes([5 + addedMs, 5 + addedMs], [5, 5])]).Single(each => each.Name.StartsWith("ms"));

        figure.Median.ShouldBe(addedMs, 0.000_1);
        figure.Holds.ShouldBe(holds);
    }

    [Fact]
    public void The_thousand_are_held_against_the_best_of_their_round() =>
        Figures(Round(1_000, 1, (CaseNames.Tips64, 2_000), (CaseNames.Tips1000, 1_500))).Single(each => each.Name.StartsWith(CaseNames.Tips1000))
            .Median.ShouldBe(0.75);

    [Fact]
    public void A_case_without_an_answer_holds_nothing()
    {
        var figures = Figures(Round(tips: 0, raw: 0));

        figures[0].Holds.ShouldBe(false);
        figures.Single(each => each.Name == "tips, one payee / tips, spread").Holds.ShouldBe(false);
    }

    [Fact]
    public void What_nothing_requires_neither_holds_nor_fails() =>
        Figures(Round(1, 1))[^1].Holds.ShouldBeNull();

    private static IReadOnlyList<Figure> Figures(params IReadOnlyList<CaseResult>[] rounds) =>
        FiguresOfRun.Of(rounds, [new PostingTimes([1], [1])]);

    private static List<CaseResult> Round(double tips, double raw, params (string Name, double PerSecond)[] others)
    {
        var rates = new[]
        {
            CaseNames.RawOnePayee, CaseNames.TipsOnePayee, CaseNames.Tips1, CaseNames.Tips64, CaseNames.Tips1000,
            CaseNames.Balance, CaseNames.Wallet, CaseNames.Noop, CaseNames.NoopDirect,
        }.ToDictionary(name => name, _ => 1.0);
        rates[CaseNames.TipsSpread] = tips;
        rates[CaseNames.RawSpread] = raw;
        foreach (var (name, perSecond) in others)
        {
            rates[name] = perSecond;
        }

        return [.. rates.Select(rate => new CaseResult(rate.Key, 1, new LoadResult(1, rate.Value, null, null, 0, 0), [], 0, 0, 1))];
    }
}
