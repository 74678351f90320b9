namespace Tokens.Analytics.Forecasts;

/// <summary>What is known of a member's spending when a prediction is made; days are the member's own.</summary>
/// <param name="TokensByDay">Each day up to today, oldest first; empty where nothing was spent.</param>
/// <param name="TokensByHour">The same tokens by the hour of the day, 24 of them.</param>
/// <param name="Now">The member's date and time.</param>
/// <param name="Favorite">The creator paid most often; null when there is none.</param>
internal sealed record SpendingPatterns(
    IReadOnlyList<long> TokensByDay, IReadOnlyList<long> TokensByHour, DateTime Now, SpendingPatterns.FavoriteCreator? Favorite)
{
    private readonly IReadOnlyList<long> _sinceFirst = [.. TokensByDay.SkipWhile(tokens => tokens <= 0).Select(tokens => Math.Max(0, tokens))];

    /// <summary>Whether today counts as a day without spending when nothing was spent on it yet.</summary>
    internal bool IsTodayOver { get; init; }

    internal bool HasSpent => _sinceFirst.Count > 0;

    /// <summary>
    /// The days from the first spending on, without today as long as nothing was spent today: the day isn't over.
    /// </summary>
    internal IReadOnlyList<long> CompleteDays => IsTodayOpen ? [.. _sinceFirst.SkipLast(1)] : _sinceFirst;

    internal bool IsTodayOpen => HasSpent && _sinceFirst[^1] == 0 && !IsTodayOver;

    /// <summary>
    /// Whether today is among the complete days only because something was spent on it: an idle today isn't, so that counting an active
    /// one as evidence would overrate how often the member spends.
    /// </summary>
    internal bool IsTodayGiven => HasSpent && _sinceFirst[^1] > 0 && !IsTodayOver;

    internal double WeekdayAverage => AverageOf(day => !IsWeekend(day));

    internal double WeekendAverage => AverageOf(IsWeekend);

    /// <summary>The hour in which most was spent.</summary>
    internal int PeakHour => TokensByHour.Index().MaxBy(hour => hour.Item).Index;

    internal double PeakHourAverage => HasSpent ? Math.Max(0, TokensByHour[PeakHour]) / (double)_sinceFirst.Count : 0;

    /// <summary>Over the last 30 days, or since the first spending.</summary>
    internal double DailyAverage => HasSpent ? _sinceFirst.TakeLast(30).Average() : 0;

    internal static bool IsWeekend(DayOfWeek day) => day is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <param name="Id">The member paid.</param>
    /// <param name="Sessions">How often.</param>
    /// <param name="AverageTokens">Each time.</param>
    internal sealed record FavoriteCreator(Guid Id, int Sessions, double AverageTokens);

    private double AverageOf(Func<DayOfWeek, bool> isWanted) => _sinceFirst
        .Where((_, i) => isWanted(Now.AddDays(i + 1 - _sinceFirst.Count).DayOfWeek))
        .Select(tokens => (double)tokens).DefaultIfEmpty().Average();
}
