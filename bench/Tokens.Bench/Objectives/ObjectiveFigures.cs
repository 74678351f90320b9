using Tokens.Bench.Figures;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>Computes figures from the samples of each round, and gives each its bound.</summary>
internal static class ObjectiveFigures
{
    /// <param name="name">Which of the two objectives.</param>
    /// <param name="msByRound">Milliseconds of each answer.</param>
    /// <param name="bounds">What is required.</param>
    internal static IReadOnlyList<Figure> OfWebhooks(string name, IReadOnlyList<IReadOnlyList<double>> msByRound, ObjectiveBounds bounds) =>
    [
        new($"{name}: ms within which 99 of 100 are answered", Percentiles(msByRound, 99), Bound.AtMost(bounds.WebhookMsMax)),
        new($"{name}: ms within which half are answered", Percentiles(msByRound, 50)),
    ];

    /// <param name="rounds">The answers of each round.</param>
    /// <param name="bounds">What is required.</param>
    internal static IReadOnlyList<Figure> OfPurchases(IReadOnlyList<IReadOnlyList<TimedAnswer>> rounds, ObjectiveBounds bounds) =>
    [
        new(
            $"{ObjectiveNames.Purchases}: % paid at once",
            [.. rounds.Select(round => 100.0 * round.Count(answer => answer.Status == 200) / round.Count)],
            Bound.AtLeast(bounds.PaidPercentMin)),
        new(
            $"{ObjectiveNames.Purchases}: ms until the last is answered",
            [.. rounds.Select(round => round.Max(answer => answer.Ms))],
            Bound.AtMost(bounds.PurchaseMsMax)),
    ];

    /// <param name="rounds">In each round, the milliseconds of each code's refusals.</param>
    /// <param name="bounds">What is required.</param>
    internal static IReadOnlyList<Figure> OfRefusals(IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> rounds, ObjectiveBounds bounds)
    {
        double[][] medians = [.. rounds.Select(round => round.Select(Statistics.Median).ToArray())];
        return
        [
            new(
                $"{ObjectiveNames.Refusals}: µs between the medians of the codes",
                [.. medians.Select(each => 1_000 * (each.Max() - each.Min()))],
                Bound.AtMost(bounds.RefusalMicrosecondsMax)),
            new($"{ObjectiveNames.Refusals}: ms, the slowest code's median", [.. medians.Select(each => each.Max())]),
        ];
    }

    internal static IReadOnlyList<Figure> OfRestarts(IReadOnlyList<Restart> restarts, ObjectiveBounds bounds) =>
    [
        new(
            $"{ObjectiveNames.Restarts}: ms until the product is ready",
            [.. restarts.Select(restart => restart.UntilReadyMs)],
            Bound.AtMost(bounds.ReadyMsMax)),
        new(
            $"{ObjectiveNames.Restarts}: ms of the first tip",
            [.. restarts.Select(restart => restart.FirstTipMs)],
            Bound.AtMost(bounds.FirstTipMsMax)),
    ];

    internal static IReadOnlyList<Figure> OfCounting(IReadOnlyList<LagCount> rounds, ObjectiveBounds bounds) =>
    [
        new(
            $"{ObjectiveNames.Counting}: % of commits within {LagCount.WithinSeconds} s",
            [.. rounds.Select(round => 100.0 * round.InTime / round.All)],
            Bound.AtLeast(bounds.CountedPercentMin)),
    ];

    internal static IReadOnlyList<Figure> OfSlowClients(IReadOnlyList<BesideSlowClients> rounds, ObjectiveBounds bounds) =>
    [
        new(
            $"{ObjectiveNames.SlowClients}: ms that the worst kind adds to the median",
            [.. rounds.Select(round => round.Beside.Values.Max(Statistics.Median) - Statistics.Median(round.Calm))],
            Bound.AtMost(bounds.SlowerMsMax)),
        new($"{ObjectiveNames.SlowClients}: ms, without them", [.. rounds.Select(round => Statistics.Median(round.Calm))]),
        .. rounds[0].Beside.Keys.Select(kind => new Figure(
            $"{ObjectiveNames.SlowClients}: ms, {kind}", [.. rounds.Select(round => Statistics.Median(round.Beside[kind]))])),
    ];

    private static double[] Percentiles(IReadOnlyList<IReadOnlyList<double>> msByRound, double percent) =>
        [.. msByRound.Select(ms => Statistics.Percentile(ms, percent))];
}
