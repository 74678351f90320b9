namespace Tokens.Analytics.Forecasts;

/// <summary>What a member will spend on each of the next days.</summary>
/// <param name="Chances">The chance of spending on each day, tomorrow first.</param>
/// <param name="Expected">The mean of what is spent on each day, idle ones included.</param>
/// <param name="Variation">The standard deviation of one day's amount as a part of its mean.</param>
internal sealed record SpendingForecast(IReadOnlyList<double> Chances, IReadOnlyList<double> Expected, double Variation)
{
    // What lies longer back says little about tomorrow.
    private const int HistoryDaysMax = 180;

    /// <summary>A forecast from what was spent on each day so far.</summary>
    /// <param name="tokensByDay">Tokens spent on each calendar day since the first one with spending, oldest first; the last one is today.</param>
    /// <param name="today">The last day's day of the week.</param>
    /// <param name="isTodayGiven">
    /// Whether today is among the days only because something was spent on it; then it is no evidence of how often that happens.
    /// </param>
    /// <param name="days">Days wanted, 1 or more.</param>
    internal static SpendingForecast From(ReadOnlySpan<long> tokensByDay, DayOfWeek today, bool isTodayGiven, int days)
    {
        var history = tokensByDay.Length > HistoryDaysMax ? tokensByDay[^HistoryDaysMax..] : tokensByDay;
        history = history[Math.Max(0, history.IndexOfAnyExcept(0L))..];
        var last = history.LastIndexOfAnyExcept(0L);
        if (last < 0)
        {
            return new(new double[days], new double[days], 0);
        }

        var isActive = new bool[last + 1];
        for (var day = 0; day <= last; day++)
        {
            isActive[day] = history[day] > 0;
        }

        var firstDay = (DayOfWeek)((((int)today - (history.Length - 1)) % 7 + 7) % 7);
        var chances = ActivityModel.Predict(isActive, history.Length - 1 - last, firstDay, isTodayGiven, days);
        var amount = AmountModel.Fit(history);
        var expected = new double[days];
        for (var ahead = 0; ahead < days; ahead++)
        {
            expected[ahead] = chances[ahead] * amount.Today * Math.Pow(amount.DailyFactor, ahead + 1);
        }

        return new(chances, expected, amount.Variation);
    }
}
