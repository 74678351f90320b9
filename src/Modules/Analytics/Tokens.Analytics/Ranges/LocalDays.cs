using Tokens.Analytics.RollUps;
using Tokens.Platform.Time;

namespace Tokens.Analytics.Ranges;

/// <summary>Calendar days of a time zone up to today.</summary>
internal sealed class LocalDays
{
    // The quarter with which each day begins.
    private readonly int[] _starts;

    private LocalDays(TimeZoneInfo zone, LocalCalendar calendar, DateOnly first, int count)
    {
        (Zone, First) = (zone, first);
        _starts = [.. Enumerable.Range(0, count).Select(day => Quarters.StartingFrom(calendar.StartOf(first.AddDays(day))))];
    }

    internal TimeZoneInfo Zone { get; }

    internal DateOnly First { get; }

    internal int Count => _starts.Length;

    internal DateOnly Today => First.AddDays(Count - 1);

    /// <summary>The quarter with which the first day begins.</summary>
    internal int FirstQuarter => _starts[0];

    /// <summary>The last days, today among them.</summary>
    internal static LocalDays UpTo(DateTime now, TimeZoneInfo zone, int count)
    {
        var calendar = new LocalCalendar(zone);
        return new(zone, calendar, calendar.DateOf(now).AddDays(1 - count), count);
    }

    /// <summary>Which day a quarter lies in, 0 for the first. A poster's clock may be a little ahead: that is today.</summary>
    internal int IndexOf(int quarter)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _starts[middle] <= quarter ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    internal DateTime LocalTimeOf(int quarter) => TimeZoneInfo.ConvertTimeFromUtc(Quarters.StartOf(quarter), Zone);
}
