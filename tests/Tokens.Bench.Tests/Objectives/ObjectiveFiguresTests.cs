using Tokens.Bench.Figures;
using Tokens.Bench.Objectives;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Tests.Objectives;

/// <summary>What is held against which bound, at the bound and just beyond it.</summary>
public sealed class ObjectiveFiguresTests
{
    private static readonly ObjectiveBounds Usual = new();

    [Theory]
    [InlineData(50, true)]
    [InlineData(50.1, false)]
    public void Of_webhooks_the_slowest_of_a_hundred_may_be_slower(double ms, bool holds)
    {
        IReadOnlyList<double> round = [.. Enumerable.Repeat(1.0, 98), ms, ms, 10_000];

        var figures = ObjectiveFigures.OfWebhooks("webhooks", [round], Usual);

        figures[0].ShouldSatisfyAllConditions(p99 => p99.Median.ShouldBe(ms), p99 => p99.Holds.ShouldBe(holds));
        figures[1].ShouldSatisfyAllConditions(p50 => p50.Median.ShouldBe(1), p50 => p50.Holds.ShouldBeNull());
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(89, false)]
    public void Of_purchases_enough_are_paid(int paid, bool holds) =>
        Purchases([.. Answers(paid, 200, 10), .. Answers(100 - paid, 503, 10)])[0]
            .ShouldSatisfyAllConditions(figure => figure.Median.ShouldBe(paid), figure => figure.Holds.ShouldBe(holds));

    [Theory]
    [InlineData(200, 8_000, true)]
    [InlineData(503, 8_001, false)]
    public void Of_purchases_the_last_answer_counts_whatever_it_says(int status, double ms, bool holds) =>
        Purchases([.. Answers(10, 200, 10), .. Answers(1, status, ms)])[1]
            .ShouldSatisfyAllConditions(figure => figure.Median.ShouldBe(ms), figure => figure.Holds.ShouldBe(holds));

    [Theory]
    [InlineData(6.0, true)]
    [InlineData(6.01, false)]
    [InlineData(3.99, false)]
    public void Of_refusals_no_code_may_stand_out_to_either_side(double ms, bool holds)
    {
        // One refusal that took long, for whatever reason, tells nothing.
        IReadOnlyList<IReadOnlyList<double>> round = [[5, 5, 900], [5, 5, 5], [ms, ms, ms]];

        var figure = ObjectiveFigures.OfRefusals([round], Usual)[0];

        figure.Median.ShouldBe(1_000 * Math.Abs(ms - 5), 0.001);
        figure.Holds.ShouldBe(holds);
    }

    [Fact]
    public void Of_restarts_both_waits_are_bounded()
    {
        Holds(new Restart(5_000, 1_000)).ShouldBe([true, true]);
        Holds(new Restart(5_001, 1_000)).ShouldBe([false, true]);
        Holds(new Restart(5_000, 1_001)).ShouldBe([true, false]);

        static IEnumerable<bool?> Holds(Restart restart) => ObjectiveFigures.OfRestarts([restart], Usual).Select(figure => figure.Holds);
    }

    [Theory]
    [InlineData(990, true)]
    [InlineData(989, false)]
    public void Of_countings_nearly_all_are_in_time(long inTime, bool holds) =>
        ObjectiveFigures.OfCounting([new LagCount(inTime, 1_000)], Usual).ShouldHaveSingleItem().Holds.ShouldBe(holds);

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.1, false)]
    public void Of_slow_clients_the_worst_kind_counts(double ms, bool holds)
    {
        var kinds = new Dictionary<string, IReadOnlyList<double>> { ["a"] = [11, 11, 11], ["b"] = [ms, ms, ms], ["c"] = [12, 12, 12] };

        var figures = ObjectiveFigures.OfSlowClients([new BesideSlowClients([10, 10, 10], kinds)], Usual);

        figures[0].Median.ShouldBe(ms - 10, 0.001);
        figures[0].Holds.ShouldBe(holds);
        figures.Skip(1).ShouldAllBe(figure => figure.Holds == null);
        figures.Skip(1).Select(figure => figure.Median).ShouldBe([10, 11, ms, 12]);
    }

    [Fact]
    public void A_bound_may_be_another()
    {
        var strict = new ObjectiveBounds { WebhookMsMax = 1 };

        ObjectiveFigures.OfWebhooks("webhooks", [[2]], strict)[0].Holds.ShouldBe(false);
        ObjectiveFigures.OfWebhooks("webhooks", [[2]], Usual)[0].Holds.ShouldBe(true);
    }

    [Fact]
    public void One_round_that_met_a_busy_machine_does_not_decide() =>
        ObjectiveFigures.OfRestarts([new Restart(1_000, 10), new Restart(9_000, 9_000), new Restart(1_200, 12)], Usual)
            .ShouldAllBe(figure => figure.Holds == true);

    private static IReadOnlyList<Figure> Purchases(IReadOnlyList<TimedAnswer> answers) => ObjectiveFigures.OfPurchases([answers], Usual);

    private static IEnumerable<TimedAnswer> Answers(int count, int status, double ms) =>
        Enumerable.Range(0, count).Select(_ => new TimedAnswer(status, "", ms));
}
