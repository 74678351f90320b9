using System.Globalization;
using Tokens.Platform.Time;

namespace Tokens.Platform.Tests.Time;

public sealed class LocalCalendarTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    // 2026: in the Azores clocks go back from 01:00 to midnight on 25 October, in Beirut forward at midnight on 29 March. St. John's went
    // back at 00:01 until 2011, Casey by three hours at 02:00 in March 2010; Apia skipped 30 December 2011.
    [Theory]
    [InlineData("UTC", "2026-07-15", "2026-07-15T00:00", 24)]
    [InlineData("Asia/Kathmandu", "2026-07-15", "2026-07-14T18:15", 24)]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00", 25)]
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00", 23)]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00", 25)]
    [InlineData("America/St_Johns", "2010-11-07", "2010-11-07T02:30", 25)]
    [InlineData("Antarctica/Casey", "2010-03-05", "2010-03-04T13:00", 27)]
    [InlineData("Pacific/Apia", "2011-12-29", "2011-12-29T10:00", 24)]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00", 0)]
    public void A_day_lasts_from_the_first_show_of_its_date_to_that_of_the_next(string zone, string date, string start, int hours)
    {
        var calendar = new LocalCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);

        calendar.StartOf(day).ShouldBe(Utc(start));
        (calendar.StartOf(day.AddDays(1)) - calendar.StartOf(day)).TotalHours.ShouldBe(hours);
        calendar.StartOf(day).Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("2026-10-25T00:00", "2026-10-25")]
    [InlineData("2026-10-25T01:00", "2026-10-25")]
    [InlineData("2026-10-26T00:59:59.999", "2026-10-25")]
    [InlineData("2026-10-26T01:00", "2026-10-26")]
    public void Both_midnights_of_the_Azores_are_of_one_day(string instant, string date)
    {
        var calendar = new LocalCalendar(TimeZoneInfo.FindSystemTimeZoneById("Atlantic/Azores"));

        calendar.DateOf(Utc(instant)).ShouldBe(DateOnly.Parse(date, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_date_that_has_begun_is_not_followed_by_the_one_before_where_clocks_go_back_over_midnight()
    {
        var calendar = new LocalCalendar(TimeZoneInfo.FindSystemTimeZoneById("Antarctica/Casey"));

        // The clocks show 23:30 of 4 March for the second time.
        calendar.DateOf(Utc("2010-03-04T15:30")).ShouldBe(new DateOnly(2010, 3, 5));
    }

    [Fact]
    public void A_month_starts_with_its_first_day()
    {
        var calendar = new LocalCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));

        calendar.StartOfMonth(new DateOnly(2026, 7, 15)).ShouldBe(Utc("2026-06-30T18:30"));
    }

    // The clock of each zone is read every quarter of an hour around each change of its offset in twenty years.
    [Fact]
    public void In_every_zone_days_follow_each_other_without_gap_or_overlap()
    {
        var changes = 0;
        foreach (var name in TimeZones.Names)
        {
            if (!TimeZones.TryFind(name, out var zone))
            {
                continue;
            }

            foreach (var day in DaysOfChanges(zone))
            {
                ShouldTile(zone, day.AddDays(-1), day.AddDays(2));
                changes++;
            }
        }

        changes.ShouldBeGreaterThan(1_000);
    }

    private static void ShouldTile(TimeZoneInfo zone, DateTime from, DateTime until)
    {
        var calendar = new LocalCalendar(zone);
        var begun = LocalDateOf(zone, from);
        for (var instant = from + Quarter; instant < until; instant += Quarter)
        {
            var shown = LocalDateOf(zone, instant);
            for (; begun < shown; begun = begun.AddDays(1))
            {
                var start = calendar.StartOf(begun.AddDays(1));
                (start > instant - Quarter && start <= instant).ShouldBeTrue($"{zone.Id}: {begun.AddDays(1):O} starts at {start:O}, not by {instant:O}");
                calendar.DateOf(start).ShouldBe(shown, zone.Id);
                calendar.DateOf(start.AddMilliseconds(-1)).ShouldBeLessThanOrEqualTo(begun, zone.Id);
            }
        }
    }

    private static DateOnly LocalDateOf(TimeZoneInfo zone, DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));

    private static IEnumerable<DateTime> DaysOfChanges(TimeZoneInfo zone)
    {
        var end = Utc("2028-01-01T00:00");
        for (var week = Utc("2008-01-01T00:00"); week < end; week = week.AddDays(7))
        {
            if (zone.GetUtcOffset(week) == zone.GetUtcOffset(week.AddDays(7)))
            {
                continue;
            }

            var day = week;
            while (zone.GetUtcOffset(day.AddDays(1)) == zone.GetUtcOffset(week))
            {
                day = day.AddDays(1);
            }

            yield return day;
        }
    }

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
