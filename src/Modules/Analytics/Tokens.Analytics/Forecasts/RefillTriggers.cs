using System.Globalization;

namespace Tokens.Analytics.Forecasts;

/// <summary>The reasons to refill now, under the names of the wire.</summary>
internal static class RefillTriggers
{
    internal const string LowBalance = "low_balance";
    internal const string PeakHour = "peak_hour";
    internal const string WeekendPrep = "weekend_prep";
    internal const string FavoriteCreator = "favorite_creator";
    internal const string SmartPrediction = "smart_prediction";

    // Fewer visits make no favourite.
    private const int FavoriteFromSessions = 3;

    internal static RefillTrigger NewUser { get; } = new(
        "new_user", "There is no spending to predict from yet.", Urgency.Low, "Buy a first package.");

    internal static IReadOnlyList<RefillTrigger> Of(
        SpendingPatterns patterns, SpendingForecast forecast, long balance, long threshold, int daysUntilEmpty, ForecastOptions options)
    {
        var triggers = new List<RefillTrigger>();
        if (balance < threshold)
        {
            triggers.Add(New(LowBalance, $"The balance of {balance:N0} tokens is below {threshold:N0}.", Urgency.High, "Refill now."));
        }

        if (daysUntilEmpty <= options.SoonDays)
        {
            triggers.Add(New(
                SmartPrediction,
                $"At the present rate the balance lasts for {daysUntilEmpty:N0} more day(s).",
                Urgency.High,
                "Refill before then."));
        }

        var weekend = WeekendSpending(patterns, forecast);
        if (weekend > balance)
        {
            triggers.Add(New(WeekendPrep, $"The weekend will take about {weekend:N0} tokens.", Urgency.Medium, "Refill before the weekend."));
        }

        if (IsBeforePeakHour(patterns) && patterns.PeakHourAverage > balance)
        {
            triggers.Add(New(
                PeakHour, $"From {patterns.PeakHour:00}:00 on, {patterns.PeakHourAverage:N0} tokens are usual.", Urgency.Medium, "Refill before then."));
        }

        if (patterns.Favorite is { Sessions: >= FavoriteFromSessions } favorite && favorite.AverageTokens > balance)
        {
            triggers.Add(New(
                FavoriteCreator,
                $"A visit to the favourite creator takes {favorite.AverageTokens:N0} tokens.",
                Urgency.Low,
                "Refill before the next visit."));
        }

        return triggers;
    }

    private static RefillTrigger New(string type, FormattableString message, Urgency severity, string action) =>
        new(type, message.ToString(CultureInfo.InvariantCulture), severity, action);

    // From Thursday on, until Sunday is over.
    private static double WeekendSpending(SpendingPatterns patterns, SpendingForecast forecast)
    {
        var today = patterns.Now.DayOfWeek;
        if (today is not (DayOfWeek.Thursday or DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday))
        {
            return 0;
        }

        var first = patterns.IsTodayOpen ? patterns.Now : patterns.Now.AddDays(1);
        var untilSunday = ((int)DayOfWeek.Sunday - (int)first.DayOfWeek + 7) % 7;
        return today == DayOfWeek.Sunday && !patterns.IsTodayOpen ? 0 : forecast.Expected.Take(untilSunday + 1)
            .Where((_, ahead) => SpendingPatterns.IsWeekend(first.AddDays(ahead).DayOfWeek)).Sum();
    }

    private static bool IsBeforePeakHour(SpendingPatterns patterns) => (patterns.Now.Hour + 1) % 24 == patterns.PeakHour;
}
