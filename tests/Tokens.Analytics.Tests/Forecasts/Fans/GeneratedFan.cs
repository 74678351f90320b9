using Tokens.Analytics.Forecasts;

namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>A fan's days as they were until today, as they will be, and as whoever knows the generator's parameters expects them.</summary>
/// <param name="Habit">How the fan spends.</param>
/// <param name="FirstDay">The first day of <paramref name="Past"/>, on which the fan spent for the first time.</param>
/// <param name="Past">Tokens spent on each day that a forecast may see, oldest first; today is the last.</param>
/// <param name="Future">Tokens spent on each day after that, which are held out.</param>
/// <param name="Expected">The oracle's: the mean of what is to come on each of those days, given the fan's hidden state at the end of today.</param>
public sealed record GeneratedFan(
    FanHabit Habit, DateOnly FirstDay, IReadOnlyList<long> Past, IReadOnlyList<long> Future, IReadOnlyList<double> Expected)
{
    public DateOnly Today => FirstDay.AddDays(Past.Count - 1);

    /// <summary>Returns what a forecast sees at the end of the last day: what comes is from tomorrow on.</summary>
    internal SpendingPatterns PatternsAtMidnight() =>
        new(Past, new long[24], Today.ToDateTime(new TimeOnly(23, 59)), Favorite: null) { IsTodayOver = true };
}
