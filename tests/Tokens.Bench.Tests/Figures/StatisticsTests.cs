using Tokens.Bench.Figures;

namespace Tokens.Bench.Tests.Figures;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 9, 1, 5 }, 5)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    [InlineData(new double[] { 1, 1, 1, 1_000 }, 1)]
    public void The_median_is_the_middle_whatever_the_order(double[] values, double median) => Statistics.Median(values).ShouldBe(median);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 100)]
    [InlineData(100, 101)]
    [InlineData(50.5, 51.5)]
    public void Percentiles_lie_between_the_nearest(double percent, double expected) =>
        Statistics.Percentile(Enumerable.Range(1, 101).Reverse().Select(i => (double)i), percent).ShouldBe(expected, 0.000_1);

    [Fact]
    public void Of_nothing_there_is_no_median() => Should.Throw<ArgumentException>(() => Statistics.Median([]));
}
