using Tokens.Analytics.Tests.Forecasts.Fans;

namespace Tokens.Analytics.Tests.Forecasts;

/// <summary>The generated fans are what they are said to be.</summary>
public sealed class FanGeneratorTests
{
    private const int Seed = 20_261_126;
    private const int Fans = 2_000;

    private static readonly Dictionary<FanHabit, Lazy<List<GeneratedFan>>> FansOf = Enum.GetValues<FanHabit>().ToDictionary(
        habit => habit, habit => new Lazy<List<GeneratedFan>>(() => [.. Enumerable.Range(0, Fans).Select(number => FanGenerator.Make(habit, Seed, number))]));

    public static TheoryData<FanHabit> Habits => [.. Enum.GetValues<FanHabit>()];

    [Theory]
    [MemberData(nameof(Habits))]
    public void The_same_seed_and_number_make_the_same_fan_and_others_another(FanHabit habit)
    {
        var fan = FanGenerator.Make(habit, Seed, 7);

        FanGenerator.Make(habit, Seed, 7).Past.ShouldBe(fan.Past);
        FanGenerator.Make(habit, Seed, 7).Future.ShouldBe(fan.Future);
        FanGenerator.Make(habit, Seed, 8).Past.ShouldNotBe(fan.Past);
        FanGenerator.Make(habit, Seed + 1, 7).Past.ShouldNotBe(fan.Past);
    }

    [Theory]
    [MemberData(nameof(Habits))]
    public void A_history_begins_with_spending_and_has_the_length_of_its_habit(FanHabit habit)
    {
        foreach (var fan in Make(habit))
        {
            fan.Past[0].ShouldBeGreaterThan(0);
            fan.Past.Count.ShouldBeInRange(1, habit == FanHabit.New ? 20 : 120);
            fan.Past.Min().ShouldBeGreaterThanOrEqualTo(0);
            fan.Future.Count.ShouldBe(FanGenerator.FutureDays);
            fan.Expected.Count.ShouldBe(FanGenerator.FutureDays);
        }
    }

    [Theory]
    [MemberData(nameof(Habits))]
    public void What_the_oracle_expects_is_what_comes_in_the_mean_in_each_week(FanHabit habit)
    {
        var fans = Make(habit);
        for (var week = 0; week < FanGenerator.FutureDays / 7; week++)
        {
            var came = fans.Sum(fan => fan.Future.Skip(7 * week).Take(7).Sum());
            var expected = fans.Sum(fan => fan.Expected.Skip(7 * week).Take(7).Sum());

            (came / expected).ShouldBeInRange(0.85, 1.15, $"week {week}: {came} came, {expected:F0} expected");
        }
    }

    [Theory]
    [InlineData(FanHabit.Steady, 0.88, 0.92)]
    [InlineData(FanHabit.Weekend, 0.35, 0.40)]
    [InlineData(FanHabit.Bursty, 0.22, 0.28)]
    [InlineData(FanHabit.Declining, 0.88, 0.92)]
    [InlineData(FanHabit.New, 0.58, 0.62)]
    [InlineData(FanHabit.Lapsed, 0.10, 0.25)]
    [InlineData(FanHabit.Rare, 0.01, 0.04)]
    public void They_spend_on_as_many_of_the_days_to_come_as_their_habit_says(FanHabit habit, double least, double most) =>
        Make(habit).Average(fan => fan.Future.Count(tokens => tokens > 0) / (double)FanGenerator.FutureDays).ShouldBeInRange(least, most);

    [Fact]
    public void A_weekend_fan_spends_at_weekends()
    {
        var weekend = 0L;
        var all = 0L;
        foreach (var fan in Make(FanHabit.Weekend))
        {
            for (var day = 0; day < fan.Past.Count; day++)
            {
                all += fan.Past[day];
                weekend += fan.FirstDay.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? fan.Past[day] : 0;
            }
        }

        (weekend / (double)all).ShouldBeInRange(0.65, 0.80);
    }

    [Fact]
    public void A_lapsed_fan_has_not_spent_for_ten_days_unless_it_came_back() =>
        Make(FanHabit.Lapsed).Average(fan => fan.Past.TakeLast(10).All(tokens => tokens == 0) ? 1.0 : 0.0).ShouldBeInRange(0.8, 0.95);

    [Fact]
    public void Today_is_every_day_of_the_week() =>
        Make(FanHabit.Steady).Select(fan => fan.Today.DayOfWeek).Distinct().Count().ShouldBe(7);

    [Fact]
    public void A_rare_fan_spends_once_in_three_to_twelve_weeks_after_irregular_gaps()
    {
        var gaps = Make(FanHabit.Rare).SelectMany(GapsOf).ToList();

        // Of long gaps fewer fit into a history, so that the mean is below that of all gaps, which is 45 days.
        gaps.Average().ShouldBeInRange(21, 45);
        Math.Sqrt(gaps.Average(gap => Math.Pow(gap - gaps.Average(), 2))).ShouldBeGreaterThan(0.5 * gaps.Average());
    }

    [Fact]
    public void Some_rare_fans_have_left_for_good() =>
        Make(FanHabit.Rare).Average(fan => fan.Expected.Sum() == 0 ? 1.0 : 0.0).ShouldBeInRange(0.15, 0.25);

    private static IEnumerable<double> GapsOf(GeneratedFan fan)
    {
        var last = 0;
        for (var day = 1; day < fan.Past.Count; day++)
        {
            if (fan.Past[day] > 0)
            {
                yield return day - last;
                last = day;
            }
        }
    }

    private static List<GeneratedFan> Make(FanHabit habit) => FansOf[habit].Value;
}
