namespace Tokens.Platform.Time;

/// <summary>
/// The calendar days of a time zone as intervals of instants. A day begins when the zone's clocks first show its date or a later one,
/// and ends when the next day begins. So the days follow each other without gap or overlap also where clocks skip midnight, show it
/// twice or go back over it; a date that a zone skips is an empty interval.
/// </summary>
/// <param name="zone">The zone.</param>
public sealed class LocalCalendar(TimeZoneInfo zone)
{
    // No zone is further from UTC, and none changes its offset twice within a step.
    private static readonly TimeSpan OffsetMax = TimeSpan.FromHours(16);
    private static readonly TimeSpan Step = TimeSpan.FromHours(4);

    /// <summary>Returns the first instant of the day.</summary>
    /// <param name="date">From the year 2 to 9998.</param>
    /// <returns>UTC, in whole seconds.</returns>
    public DateTime StartOf(DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var from = midnight - OffsetMax;
        while (true)
        {
            var offset = zone.GetUtcOffset(from);
            var until = OffsetEnd(from, from + Step, offset);
            // Clocks that are put forward over midnight never show it: then the day begins with the new offset.
            var start = midnight - offset > from ? midnight - offset : from;
            if (start < until)
            {
                return start;
            }

            from = until;
        }
    }

    /// <summary>Returns the first instant of the calendar month that the date lies in.</summary>
    /// <param name="date">From the year 2 to 9998.</param>
    public DateTime StartOfMonth(DateOnly date) => StartOf(date.AddDays(1 - date.Day));

    /// <summary>Returns the date of the day that the instant lies in: a date that has begun is never followed by an earlier one.</summary>
    /// <param name="utc">UTC, from the year 2 to 9998.</param>
    public DateOnly DateOf(DateTime utc)
    {
        var date = DateOnly.FromDateTime(utc + zone.GetUtcOffset(utc));
        while (StartOf(date.AddDays(1)) <= utc)
        {
            date = date.AddDays(1);
        }

        return date;
    }

    // The instant at which the offset changes, if it does before `until`.
    private DateTime OffsetEnd(DateTime from, DateTime until, TimeSpan offset)
    {
        if (zone.GetUtcOffset(until) == offset)
        {
            return until;
        }

        var (same, other) = (0L, (long)(until - from).TotalSeconds);
        while (other - same > 1)
        {
            var between = same + (other - same) / 2;
            (same, other) = zone.GetUtcOffset(from.AddSeconds(between)) == offset ? (between, other) : (same, between);
        }

        return from.AddSeconds(other);
    }
}
