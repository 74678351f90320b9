using Tokens.Analytics.RollUps;

namespace Tokens.Analytics.Ranges;

/// <summary>Calendar days of a time zone up to today.</summary>
internal sealed class LocalDays
{
    private LocalDays(TimeZoneInfo zone, DateOnly first, int count) => (Zone, First, Count) = (zone, first, count);

    internal TimeZoneInfo Zone { get; }

    internal DateOnly First { get; }

    internal int Count { get; }

    internal DateOnly Today => First.AddDays(Count - 1);

    /// <summary>The quarter with which the first day begins.</summary>
    internal int FirstQuarter => FirstQuarterOf(First);

    /// <summary>The last days, today among them.</summary>
    internal static LocalDays UpTo(DateTime now, TimeZoneInfo zone, int count) =>
        new(zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)).AddDays(1 - count), count);

    /// <summary>Which day a quarter lies in, 0 for the first. A poster's clock may be a little ahead: that is today.</summary>
    internal int IndexOf(int quarter) => Math.Min(Count - 1, DateOf(quarter).DayNumber - First.DayNumber);

    internal DateTime LocalTimeOf(int quarter) => TimeZoneInfo.ConvertTimeFromUtc(Quarters.StartOf(quarter), Zone);

    private DateOnly DateOf(int quarter) => DateOnly.FromDateTime(LocalTimeOf(quarter));

    // A day may begin at any hour where clocks are put forward at midnight, and zones are apart by up to 14 hours from UTC.
    private int FirstQuarterOf(DateOnly date)
    {
        var middle = Quarters.Of(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var (before, within) = (middle - Quarters.ADay, middle + Quarters.ADay);
        while (within - before > 1)
        {
            var between = before + (within - before) / 2;
            if (DateOf(between) < date)
            {
                before = between;
            }
            else
            {
                within = between;
            }
        }

        return within;
    }
}
