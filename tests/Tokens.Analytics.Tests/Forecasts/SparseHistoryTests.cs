using Tokens.Analytics.Forecasts;

namespace Tokens.Analytics.Tests.Forecasts;

/// <summary>Histories with few days of spending, worked out by hand.</summary>
public sealed class SparseHistoryTests
{
    private static readonly long[] Packages = [50, 200, 433, 812, 1_488];

    // A Wednesday.
    private static readonly DateTime Now = new(2026, 7, 15, 10, 30, 0);

    [Fact]
    public void The_day_that_begins_a_history_is_no_evidence_of_how_often_the_member_spends()
    {
        // Two spendings in the 80 days after the first one: 1 in 40 days, 17.5 tokens a week. With the first it would be 3 in 81.
        var prediction = Predict([100, .. Idle(39), 100, .. Idle(39), 100], isTodayOver: true);

        prediction.WeeklySpending.ShouldBeInRange(16, 20);
        prediction.Confidence.ShouldBe(Confidence.Low);
    }

    [Fact]
    public void The_silence_at_the_end_is_evidence()
    {
        // One spending in the 79 days after the first.
        Predict([100, .. Idle(39), 100, .. Idle(39)], isTodayOver: true).WeeklySpending.ShouldBeInRange(6, 10);
    }

    [Fact]
    public void Today_changes_nothing_about_how_often_as_long_as_it_is_not_over()
    {
        long[] history = [100, 0, 0, 100, 0, 100, 100, 0, 0, 0, 100];

        Predict([.. history, 100]).WeeklySpending.ShouldBe(Predict([.. history, 0]).WeeklySpending);
        Predict([.. history, 100], isTodayOver: true).WeeklySpending.ShouldBeGreaterThan(Predict([.. history, 0]).WeeklySpending);
    }

    [Fact]
    public void A_single_spending_long_ago_is_no_habit()
    {
        var prediction = Predict([100, .. Idle(60)], balance: 250);

        prediction.WeeklySpending.ShouldBeLessThanOrEqualTo(3);
        prediction.DaysUntilEmpty.ShouldBe(365);
        prediction.Confidence.ShouldBe(Confidence.Low);
        prediction.RecommendedRefill.ShouldBe(50);
        prediction.Triggers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 100, 350)]
    [InlineData(2, 100, 500)]
    [InlineData(6, 500, 700)]
    public void A_history_shorter_than_a_week_is_believed_the_more_the_longer_with_low_confidence(int days, long least, long most)
    {
        var prediction = Predict([.. Enumerable.Repeat(100L, days)], balance: 250);

        prediction.WeeklySpending.ShouldBeInRange(least, most);
        prediction.Confidence.ShouldBe(Confidence.Low);
    }

    [Fact]
    public void Spending_that_stopped_long_ago_is_hardly_forecast_and_never_zero()
    {
        var weekly = RefillPredictor.ForecastOf(Patterns([.. Enumerable.Repeat(100L, 50), .. Idle(40)], isTodayOver: true), 7).Expected.Sum();

        weekly.ShouldBeInRange(1, 35);
    }

    [Fact]
    public void A_burst_after_a_silence_is_not_taken_for_the_rate_to_come()
    {
        // 6 of the 61 days after the first: 69 tokens a week at that rate, more while the burst goes on, far less than 700.
        Predict([100, .. Idle(55), .. Enumerable.Repeat(100L, 6)], isTodayOver: true).WeeklySpending.ShouldBeInRange(60, 600);
    }

    private static long[] Idle(int days) => new long[days];

    private static SpendingPatterns Patterns(long[] days, bool isTodayOver) => new(days, new long[24], Now, Favorite: null) { IsTodayOver = isTodayOver };

    private static RefillPrediction Predict(long[] days, long balance = 1_000, bool isTodayOver = false) =>
        RefillPredictor.Predict(Patterns(days, isTodayOver), balance, threshold: 100, Packages, new ForecastOptions());
}
