using System.Globalization;
using Tokens.Analytics.Ranges;
using Tokens.Analytics.RollUps;
using Tokens.Analytics.Spending;
using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.Tests.Ranges;

/// <summary>Calendar days where a midnight comes twice, is missing, or a whole day is skipped.</summary>
public sealed class UnusualMidnightsTests
{
    private const int Days = 7;

    // 2026-10-25 has two midnights on the Azores. In São Paulo 2018-11-04 began at 01:00, and 2018-02-17 had two hours from 23:00.
    // Apia went from 2011-12-29 to 2011-12-31. Troll's clocks change by two hours, Lord Howe's by half an hour.
    [Theory]
    [InlineData("Atlantic/Azores", "2026-10-27T12:00", "2026-10-25", 25 * 4)]
    [InlineData("Atlantic/Azores", "2026-10-27T12:00", "2026-10-24", 24 * 4)]
    [InlineData("America/Sao_Paulo", "2018-11-06T12:00", "2018-11-04", 23 * 4)]
    [InlineData("America/Sao_Paulo", "2018-02-20T12:00", "2018-02-17", 25 * 4)]
    [InlineData("America/Sao_Paulo", "2018-02-20T12:00", "2018-02-18", 24 * 4)]
    [InlineData("Pacific/Apia", "2012-01-02T12:00", "2011-12-29", 24 * 4)]
    [InlineData("Pacific/Apia", "2012-01-02T12:00", "2011-12-30", 0)]
    [InlineData("Pacific/Apia", "2012-01-02T12:00", "2011-12-31", 24 * 4)]
    [InlineData("Antarctica/Troll", "2026-10-27T12:00", "2026-10-25", 26 * 4)]
    [InlineData("Australia/Lord_Howe", "2026-04-06T12:00", "2026-04-05", 98)]
    public void Each_day_is_there_once_and_each_transfer_counts_on_its_own(string zoneId, string now, string day, int quarters)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var days = LocalDays.UpTo(Utc(now), zone, Days);
        var last = Quarters.Of(Utc(now));
        var fold = new RangeFold(days);
        for (var quarter = days.FirstQuarter; quarter <= last; quarter++)
        {
            fold.Add(new RangeRow(quarter, TransferKind.Tip, Guid.NewGuid(), 10, 1, Quarters.StartOf(quarter)));
        }

        var daily = GetAnalytics.DaysOf(fold, days);

        daily.Select(each => each.Date).ShouldBe(Enumerable.Range(1 - Days, Days).Select(ago => DateIn(zone, Utc(now)).AddDays(ago)));
        var counted = daily.Single(each => each.Date == DateOnly.Parse(day, CultureInfo.InvariantCulture));
        (counted.Transactions, counted.Tokens).ShouldBe((quarters, 10L * quarters));
        daily.Sum(each => each.Transactions).ShouldBe(last - days.FirstQuarter + 1);
        DateIn(zone, Quarters.StartOf(days.FirstQuarter)).ShouldBe(days.First);
        DateIn(zone, Quarters.StartOf(days.FirstQuarter - 1)).ShouldBeLessThan(days.First);
    }

    // A range may also begin on the unusual day.
    [Theory]
    [InlineData("Atlantic/Azores", "2026-10-31T12:00", "2026-10-25T00:00")]
    [InlineData("America/Sao_Paulo", "2018-11-10T12:00", "2018-11-04T03:00")]
    [InlineData("America/Sao_Paulo", "2018-02-24T12:00", "2018-02-18T03:00")]
    [InlineData("Pacific/Apia", "2012-01-04T12:00", "2011-12-30T10:00")]
    public void A_range_that_begins_there_begins_with_its_first_instant(string zone, string now, string begins)
    {
        var days = LocalDays.UpTo(Utc(now), TimeZoneInfo.FindSystemTimeZoneById(zone), Days);

        Quarters.StartOf(days.FirstQuarter).ShouldBe(Utc(begins));
        Enumerable.Range(days.FirstQuarter, Days * Quarters.ADay).ShouldAllBe(quarter => days.IndexOf(quarter) >= 0);
    }

    private static DateOnly DateIn(TimeZoneInfo zone, DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
