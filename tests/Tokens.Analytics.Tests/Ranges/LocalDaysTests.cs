using System.Globalization;
using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;

namespace Tokens.Analytics.Tests.Ranges;

/// <summary>Days of zones, worked out by hand.</summary>
public sealed class LocalDaysTests
{
    // 2026: Berlin's clocks go forward on 29 March at 01:00Z and back on 25 October at 01:00Z; Kathmandu is 5:45 ahead, Adelaide 9:30 or
    // 10:30, Kiritimati 14:00, Pago Pago 11:00 behind; Beirut's go forward at midnight, so that 29 March begins at 01:00 there.
    [Theory]
    [InlineData("UTC", "2026-07-15T12:00", 7, "2026-07-09", "2026-07-09T00:00")]
    [InlineData("Asia/Kathmandu", "2026-07-15T18:14", 1, "2026-07-15", "2026-07-14T18:15")]
    [InlineData("Asia/Kathmandu", "2026-07-15T18:15", 1, "2026-07-16", "2026-07-15T18:15")]
    [InlineData("Asia/Kolkata", "2026-07-15T18:30", 30, "2026-06-17", "2026-06-16T18:30")]
    [InlineData("Australia/Adelaide", "2026-01-15T12:00", 7, "2026-01-09", "2026-01-08T13:30")]
    [InlineData("Europe/Berlin", "2026-03-29T12:00", 1, "2026-03-29", "2026-03-28T23:00")]
    [InlineData("Europe/Berlin", "2026-03-30T12:00", 1, "2026-03-30", "2026-03-29T22:00")]
    [InlineData("Europe/Berlin", "2026-10-26T12:00", 1, "2026-10-26", "2026-10-25T23:00")]
    [InlineData("Asia/Beirut", "2026-03-29T12:00", 1, "2026-03-29", "2026-03-28T22:00")]
    [InlineData("Pacific/Kiritimati", "2026-07-15T09:59", 1, "2026-07-15", "2026-07-14T10:00")]
    [InlineData("Pacific/Kiritimati", "2026-07-15T10:00", 1, "2026-07-16", "2026-07-15T10:00")]
    [InlineData("Pacific/Pago_Pago", "2026-07-15T10:59", 90, "2026-04-16", "2026-04-16T11:00")]
    public void The_first_day_begins_on_its_quarter(string zone, string now, int count, string first, string begins)
    {
        var days = LocalDays.UpTo(Utc(now), TimeZoneInfo.FindSystemTimeZoneById(zone), count);

        days.First.ShouldBe(DateOnly.Parse(first, CultureInfo.InvariantCulture));
        Quarters.StartOf(days.FirstQuarter).ShouldBe(Utc(begins));
        days.IndexOf(days.FirstQuarter).ShouldBe(0);
    }

    [Fact]
    public void Days_on_which_clocks_change_have_23_and_25_hours()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        QuartersOfDay(berlin, "2026-03-30T12:00", "2026-03-29").ShouldBe(23 * 4);
        QuartersOfDay(berlin, "2026-10-26T12:00", "2026-10-25").ShouldBe(25 * 4);
        QuartersOfDay(berlin, "2026-07-15T12:00", "2026-07-14").ShouldBe(24 * 4);
    }

    [Fact]
    public void What_a_clock_ahead_has_posted_is_of_today()
    {
        var days = LocalDays.UpTo(Utc("2026-07-15T23:59"), TimeZoneInfo.Utc, 7);

        days.IndexOf(Quarters.Of(Utc("2026-07-16T00:00"))).ShouldBe(6);
    }

    [Fact]
    public void What_was_posted_while_clocks_showed_yesterday_again_is_of_the_day_that_had_begun()
    {
        // Casey's clocks went back from 02:00 to 23:00 of the day before at 15:00Z.
        var days = LocalDays.UpTo(Utc("2010-03-05T06:00"), TimeZoneInfo.FindSystemTimeZoneById("Antarctica/Casey"), 1);

        days.First.ShouldBe(new DateOnly(2010, 3, 5));
        Quarters.StartOf(days.FirstQuarter).ShouldBe(Utc("2010-03-04T13:00"));
        days.IndexOf(Quarters.Of(Utc("2010-03-04T15:30"))).ShouldBe(0);
    }

    private static int QuartersOfDay(TimeZoneInfo zone, string now, string day)
    {
        var days = LocalDays.UpTo(Utc(now), zone, 7);
        var index = DateOnly.Parse(day, CultureInfo.InvariantCulture).DayNumber - days.First.DayNumber;
        return Enumerable.Range(days.FirstQuarter, 8 * Quarters.ADay).Count(quarter => days.IndexOf(quarter) == index);
    }

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
