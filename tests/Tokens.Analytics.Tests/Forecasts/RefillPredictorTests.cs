using Tokens.Analytics.Forecasts;

namespace Tokens.Analytics.Tests.Forecasts;

/// <summary>Figures worked out by hand.</summary>
public sealed class RefillPredictorTests
{
    private static readonly long[] Packages = [50, 200, 433, 812, 1_488, 4_986, 8_446];

    // A Wednesday.
    private static readonly DateTime Now = new(2026, 7, 15, 10, 30, 0);

    [Theory]
    [InlineData(0, nameof(Risk.High))]
    [InlineData(199, nameof(Risk.High))]
    [InlineData(200, nameof(Risk.Medium))]
    [InlineData(999, nameof(Risk.Medium))]
    [InlineData(1_000, nameof(Risk.Low))]
    public void Who_never_spent_has_a_risk_from_the_balance_and_one_trigger(long balance, string risk)
    {
        var prediction = Predict([], balance);

        prediction.DaysUntilEmpty.ShouldBeNull();
        prediction.Confidence.ShouldBe(Confidence.Low);
        prediction.RiskLevel.ToString().ShouldBe(risk);
        prediction.RecommendedRefill.ShouldBe(812);
        prediction.Triggers.ShouldHaveSingleItem().Type.ShouldBe("new_user");
    }

    [Fact]
    public void Without_a_package_of_at_most_1000_the_smallest_is_recommended() =>
        RefillPredictor.Predict(Patterns([]), 0, 100, [2_000, 3_000], new ForecastOptions()).RecommendedRefill.ShouldBe(2_000);

    [Fact]
    public void Who_spends_as_much_every_day_runs_out_when_it_is_used_up()
    {
        // 100 a day, today's spent: 250 last through tomorrow and the day after, and end on the third day.
        var prediction = Predict([.. Enumerable.Repeat(100L, 60)], balance: 250);

        prediction.DaysUntilEmpty.ShouldBe(3);
        prediction.AvgDailySpending.ShouldBe(100);
        prediction.WeeklySpending.ShouldBeInRange(690, 700);
        prediction.Confidence.ShouldBe(Confidence.High);
        prediction.Trend.ShouldBe(Trend.Steady);
        prediction.Urgency.ShouldBe(Urgency.Medium);
        prediction.RiskLevel.ShouldBe(Risk.High);
        // Two weeks take 1,400, of which 250 are there.
        prediction.RecommendedRefill.ShouldBe(1_488);
        prediction.Triggers.Select(trigger => trigger.Type).ShouldBe(["smart_prediction"]);
    }

    [Fact]
    public void Who_spends_on_Sundays_only_runs_out_on_a_Sunday()
    {
        // 26 weeks' Sundays of 100 each until Wednesday; 150 last for one more Sunday, the 19th, and end on the next, the 26th.
        var days = Enumerable.Range(0, 90).Select(ago => Now.AddDays(-ago).DayOfWeek == DayOfWeek.Sunday ? 100L : 0L).Reverse().ToArray();

        var prediction = Predict(days, balance: 150);

        prediction.DaysUntilEmpty.ShouldNotBeNull();
        prediction.DaysUntilEmpty.Value.ShouldBeInRange(10, 12);
        prediction.WeeklySpending.ShouldBeInRange(80, 105);
        Patterns(days).WeekendAverage.ShouldBeInRange(48, 52);
        Patterns(days).WeekdayAverage.ShouldBe(0);
    }

    [Fact]
    public void A_balance_of_zero_is_used_up_today()
    {
        var prediction = Predict([.. Enumerable.Repeat(100L, 30)], balance: 0);

        prediction.DaysUntilEmpty.ShouldBe(0);
        prediction.RiskLevel.ShouldBe(Risk.Critical);
        prediction.Triggers.Select(trigger => trigger.Type).ShouldBe(["low_balance", "smart_prediction"]);
    }

    [Fact]
    public void A_huge_balance_lasts_for_the_year_that_is_looked_ahead()
    {
        var prediction = Predict([.. Enumerable.Repeat(100L, 30)], balance: 9_007_199_254_740_991);

        prediction.DaysUntilEmpty.ShouldBe(365);
        prediction.Confidence.ShouldBe(Confidence.Low);
        prediction.RiskLevel.ShouldBe(Risk.Low);
        prediction.RecommendedRefill.ShouldBe(50);
        prediction.Triggers.ShouldBeEmpty();
    }

    [Fact]
    public void Huge_amounts_overflow_nothing()
    {
        var prediction = Predict([.. Enumerable.Repeat(9_007_199_254_740_991L, 30)], balance: 100);

        prediction.DaysUntilEmpty.ShouldBe(1);
        prediction.RecommendedRefill.ShouldBe(8_446);
    }

    [Fact]
    public void One_spending_bears_no_confidence()
    {
        var prediction = Predict([40], balance: 60);

        prediction.DaysUntilEmpty.ShouldNotBeNull();
        prediction.Confidence.ShouldBe(Confidence.Low);
        prediction.AvgDailySpending.ShouldBe(40);
    }

    [Fact]
    public void Spending_that_halves_is_decreasing_and_that_doubles_increasing()
    {
        Predict([.. Enumerable.Repeat(100L, 14), .. Enumerable.Repeat(50L, 14)], 1_000).Trend.ShouldBe(Trend.Decreasing);
        Predict([.. Enumerable.Repeat(50L, 14), .. Enumerable.Repeat(100L, 14)], 1_000).Trend.ShouldBe(Trend.Increasing);
    }

    [Fact]
    public void A_day_without_spending_yet_is_not_an_idle_one()
    {
        // Yesterday and the days before 100 each; today, still open, will take 100 of the 100 that are there.
        var prediction = Predict([.. Enumerable.Repeat(100L, 40), 0], balance: 90);

        prediction.DaysUntilEmpty.ShouldBe(0);
    }

    [Fact]
    public void What_a_refunded_card_gives_back_is_no_spending() => Predict([100, -40, 100], balance: 1_000).AvgDailySpending.ShouldBe(66.67);

    [Fact]
    public void Before_the_peak_hour_and_a_weekend_and_a_favourite_a_small_balance_is_told()
    {
        var thursday = Now.AddDays(1);
        var hours = new long[24];
        hours[11] = 9_000;
        var patterns = new SpendingPatterns(
            [.. Enumerable.Repeat(100L, 90)], hours, thursday, new SpendingPatterns.FavoriteCreator(Guid.NewGuid(), 3, 90));

        var triggers = RefillPredictor.Predict(patterns, balance: 80, threshold: 0, Packages, new ForecastOptions()).Triggers;

        triggers.Select(trigger => trigger.Type).ShouldBe(["smart_prediction", "weekend_prep", "peak_hour", "favorite_creator"]);
    }

    [Theory]
    [InlineData("2026-07-15", false)]
    [InlineData("2026-07-16", true)]
    [InlineData("2026-07-19", false)]
    public void The_weekend_is_prepared_from_Thursday_on(string today, bool isTold)
    {
        // Sunday the 19th has had its spending.
        var patterns = new SpendingPatterns([.. Enumerable.Repeat(100L, 90)], new long[24], DateTime.Parse(today, System.Globalization.CultureInfo.InvariantCulture), Favorite: null);

        var triggers = RefillPredictor.Predict(patterns, balance: 150, threshold: 0, Packages, new ForecastOptions()).Triggers;

        triggers.Any(trigger => trigger.Type == "weekend_prep").ShouldBe(isTold);
    }

    private static SpendingPatterns Patterns(long[] days) => new(days, new long[24], Now, Favorite: null);

    private static RefillPrediction Predict(long[] days, long balance) =>
        RefillPredictor.Predict(Patterns(days), balance, threshold: 100, Packages, new ForecastOptions());
}
