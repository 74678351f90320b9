using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>The day and the month for which a member's own limits count at an instant.</summary>
/// <param name="Date">The date that the day counts for.</param>
/// <param name="DayStart">From then on refills count for the day.</param>
/// <param name="MonthStart">From then on refills count for the month.</param>
internal sealed record LimitPeriod(DateOnly Date, DateTime DayStart, DateTime MonthStart)
{
    /// <param name="now">The instant.</param>
    /// <param name="zone">The member's present zone.</param>
    /// <param name="change">The last change to that zone; null when there was none.</param>
    internal static LimitPeriod At(DateTime now, TimeZoneInfo zone, ZoneChange? change)
    {
        var calendar = new LocalCalendar(zone);
        if (change?.IsPlausible(now) != true)
        {
            return Of(calendar, calendar.DateOf(now));
        }

        var before = change.Before;
        var date = calendar.DateOf(now);
        // Each date counts once, in the zone in which it came first: no order of changes makes two days of one.
        if (now < change.EffectiveAt || date <= before.Date)
        {
            return before;
        }

        var period = Of(calendar, date);
        return IsOfOneMonth(date, before.Date) && before.MonthStart < period.MonthStart
            ? period with { MonthStart = before.MonthStart }
            : period;
    }

    private static LimitPeriod Of(LocalCalendar calendar, DateOnly date) =>
        new(date, calendar.StartOf(date), calendar.StartOfMonth(date));

    private static bool IsOfOneMonth(DateOnly one, DateOnly other) => one.Month == other.Month && one.Year == other.Year;
}
