using Tokens.Analytics.Forecasts;
using Tokens.Analytics.Tests.Forecasts.Fans;

namespace Tokens.Analytics.Tests.Forecasts;

/// <summary>
/// Forecasts of many fans of a habit, summed, beside what they then spent and what the oracle expects. As many fans of each habit that the
/// standard error of the sum of what they spent is below 3 %.
/// </summary>
public sealed class CalibrationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Seed = 20_262;

    [Theory]
    [InlineData(FanHabit.Steady, 1_000)]
    [InlineData(FanHabit.Weekend, 1_000)]
    [InlineData(FanHabit.Bursty, 2_000)]
    [InlineData(FanHabit.Declining, 1_000)]
    [InlineData(FanHabit.New, 1_500)]
    [InlineData(FanHabit.Lapsed, 5_000)]
    [InlineData(FanHabit.Rare, 16_000)]
    public void What_is_forecast_is_in_sum_within_a_tenth_of_what_is_spent(FanHabit habit, int fans)
    {
        double forecast = 0, spent = 0, variance = 0, firstWeek = 0, firstWeekExpected = 0;
        for (var number = 0; number < fans; number++)
        {
            var fan = FanGenerator.Make(habit, Seed, number);
            var days = RefillPredictor.ForecastOf(fan.PatternsAtMidnight(), FanGenerator.FutureDays).Expected;
            var (fansForecast, fansSpent) = (days.Sum(), fan.Future.Sum());
            forecast += fansForecast;
            spent += fansSpent;
            variance += (fansForecast - fansSpent) * (fansForecast - fansSpent);
            firstWeek += days.Take(7).Sum();
            firstWeekExpected += fan.Expected.Take(7).Sum();
        }

        output.WriteLine($"{habit}: {forecast / spent:F3} of what was spent, standard error {Math.Sqrt(variance) / spent:F3}; {firstWeek / firstWeekExpected:F3} of the oracle's first week");
        (Math.Sqrt(variance) / spent).ShouldBeLessThan(0.03);
        (forecast / spent).ShouldBeInRange(0.9, 1.1);
        (firstWeek / firstWeekExpected).ShouldBeInRange(0.9, 1.1);
    }
}
