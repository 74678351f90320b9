namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>
/// Fans to try forecasts on. It was fixed before there was a forecast, and is not fitted to one: whoever changes it judges every forecast
/// anew. A fan's mean is 10 to 400 tokens a day of spending, evenly spread over the magnitudes; a history is 60 to 120 days long, a new
/// fan's 7 to 20; the last day of it is any day of the week. Amounts are log-normal.
/// </summary>
internal static class FanGenerator
{
    internal const int FutureDays = 42;

    private static readonly DateOnly Epoch = new(2026, 1, 5);

    /// <summary>The fan of that number; the same one for the same seed, whatever others are made.</summary>
    internal static GeneratedFan Make(FanHabit habit, int seed, int number)
    {
        var noise = new Noise(unchecked(seed * 1_000_003 + number * 6 + (int)habit));
        var today = Epoch.AddDays(200 + noise.Between(0, 6));
        var days = habit == FanHabit.New ? noise.Between(7, 20) : noise.Between(60, 120);
        var fan = Habit(habit, today, noise);

        var past = Spend(fan, today.AddDays(1 - days), days, noise);
        var expected = Enumerable.Range(1, FutureDays).Select(ahead => fan.Expect(today.AddDays(ahead), ahead)).ToList();
        var future = Spend(fan, today.AddDays(1), FutureDays, noise);

        // Before the first spending there is no history.
        var unspent = past.TakeWhile(tokens => tokens == 0).Count();
        return unspent == days
            ? Make(habit, seed, number + 1_000_000)
            : new GeneratedFan(habit, today.AddDays(1 - days + unspent), past[unspent..], future, expected);
    }

    private static IHabit Habit(FanHabit habit, DateOnly today, Noise noise)
    {
        var mean = noise.Magnitude(10, 400);
        return habit switch
        {
            FanHabit.Steady => new SteadyHabit(mean, 0.4, _ => 0.9),
            FanHabit.Weekend => new SteadyHabit(mean, 0.4, WeekendChance),
            FanHabit.Bursty => new BurstyHabit(mean, 0.8, chanceToBegin: 1.0 / 6, chanceToGoOn: 0.5),
            FanHabit.Declining => new SteadyHabit(mean * 4, 0.4, _ => 0.9, Math.Pow(0.5, 1.0 / noise.Between(14, 35))),
            FanHabit.New => new SteadyHabit(mean, 0.6, _ => 0.6),
            FanHabit.Lapsed => new LapsedHabit(new SteadyHabit(mean, 0.4, _ => 0.9), today.AddDays(-noise.Between(10, 59)), 0.004),
            FanHabit.Rare => new RareHabit(mean, 0.6, noise.Magnitude(21, 84), chanceToLeave: 0.1, noise.Happens(0.5)),
            _ => throw new ArgumentOutOfRangeException(nameof(habit), habit, null),
        };
    }

    private static double WeekendChance(DayOfWeek day) => day switch
    {
        DayOfWeek.Saturday or DayOfWeek.Sunday => 0.95,
        DayOfWeek.Friday => 0.5,
        _ => 0.05,
    };

    private static List<long> Spend(IHabit fan, DateOnly first, int days, Noise noise) =>
        [.. Enumerable.Range(0, days).Select(day => fan.Spend(first.AddDays(day), noise))];
}
