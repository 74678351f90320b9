using System.Globalization;
using Tokens.Payments.Refills;
using Tokens.Platform.Time;

namespace Tokens.Payments.Tests.Refills;

/// <summary>The day and the month of a member's limits, also when the member changes the zone.</summary>
public sealed class LimitPeriodTests
{
    [Fact]
    public void Without_a_change_they_are_those_of_the_zone()
    {
        LimitPeriod.At(Utc("2026-07-31T20:00"), Zone("Asia/Kolkata"), change: null).ShouldBe(
            new LimitPeriod(new DateOnly(2026, 8, 1), Utc("2026-07-31T18:30"), Utc("2026-07-31T18:30")));
    }

    [Fact]
    public void A_day_whose_midnight_comes_twice_is_one_day()
    {
        var azores = Zone("Atlantic/Azores");

        var first = LimitPeriod.At(Utc("2026-10-25T00:30"), azores, change: null);

        LimitPeriod.At(Utc("2026-10-25T01:30"), azores, change: null).ShouldBe(first);
        first.DayStart.ShouldBe(Utc("2026-10-25T00:00"));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Etc/GMT+12")]
    [InlineData("Europe/Berlin")]
    public void A_change_of_the_zone_opens_no_second_day_before_the_day_has_ended(string other)
    {
        var now = Utc("2026-07-15T12:00");
        var before = LimitPeriod.At(now, Zone("UTC"), change: null);

        var change = ZoneChange.From(now, Zone("UTC"), change: null);

        change.EffectiveAt.ShouldBe(Utc("2026-07-16T00:00"));
        LimitPeriod.At(now, Zone(other), change).ShouldBe(before);
        LimitPeriod.At(Utc("2026-07-15T23:59:59"), Zone(other), change).ShouldBe(before);
    }

    [Fact]
    public void From_the_next_day_on_the_new_zone_counts()
    {
        var change = ZoneChange.From(Utc("2026-07-15T12:00"), Zone("UTC"), change: null);

        LimitPeriod.At(Utc("2026-07-16T00:00"), Zone("Asia/Kolkata"), change).DayStart.ShouldBe(Utc("2026-07-15T18:30"));
        // West of UTC it is still the 15th, which has had its day.
        LimitPeriod.At(Utc("2026-07-16T03:59"), Zone("America/New_York"), change).DayStart.ShouldBe(Utc("2026-07-15T00:00"));
        LimitPeriod.At(Utc("2026-07-16T04:00"), Zone("America/New_York"), change).DayStart.ShouldBe(Utc("2026-07-16T04:00"));
    }

    [Fact]
    public void A_change_on_the_first_of_a_month_opens_no_second_month()
    {
        // In Kiritimati November begins on 31 October at 10:00Z, in GMT+12 twenty-six hours later.
        var change = ZoneChange.From(Utc("2026-10-31T11:00"), Zone("Pacific/Kiritimati"), change: null);

        foreach (var now in new[] { "2026-11-01T10:00", "2026-11-01T12:00", "2026-11-15T00:00" })
        {
            LimitPeriod.At(Utc(now), Zone("Etc/GMT+12"), change).MonthStart.ShouldBe(Utc("2026-10-31T10:00"), now);
        }

        LimitPeriod.At(Utc("2026-12-01T12:00"), Zone("Etc/GMT+12"), change).MonthStart.ShouldBe(Utc("2026-12-01T12:00"));
    }

    // Whatever the order of changes, a limit is never open more often than once for each date that has been reached somewhere on earth.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_order_of_changes_gives_more_days_than_there_are_dates(int seed)
    {
        string[] zones = ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Atlantic/Azores"];
        var random = new Random(seed);
        var (zone, change) = (Zone("UTC"), (ZoneChange?)null);
        var start = Utc("2026-10-01T00:00");
        var (days, months) = (new HashSet<DateTime>(), new HashSet<DateTime>());
        var earlier = LimitPeriod.At(start, zone, change);
        for (var hour = 0; hour < 60 * 24; hour++)
        {
            var now = start.AddHours(hour);
            var period = LimitPeriod.At(now, zone, change);
            period.DayStart.ShouldBeLessThanOrEqualTo(now);
            period.Date.ShouldBeGreaterThanOrEqualTo(earlier.Date);
            // What was spent today still counts: a new start is only for a new date.
            (period.Date > earlier.Date || period.DayStart <= earlier.DayStart).ShouldBeTrue();
            (period.Date.Month != earlier.Date.Month || period.MonthStart <= earlier.MonthStart).ShouldBeTrue();
            days.Add(period.Date.ToDateTime(TimeOnly.MinValue));
            months.Add(period.MonthStart);
            earlier = period;
            change = ZoneChange.From(now, zone, change);
            zone = Zone(zones[random.Next(zones.Length)]);
        }

        days.Count.ShouldBeLessThanOrEqualTo(62);
        earlier.Date.ShouldBeLessThanOrEqualTo(new DateOnly(2026, 12, 1));
    }

    [Fact]
    public void A_change_that_a_clock_ahead_has_recorded_does_not_count()
    {
        var ahead = ZoneChange.From(Utc("2027-07-15T12:00"), Zone("UTC"), change: null);
        var now = Utc("2026-07-15T12:00");

        LimitPeriod.At(now, Zone("Europe/Berlin"), ahead).ShouldBe(LimitPeriod.At(now, Zone("Europe/Berlin"), change: null));
    }

    [Fact]
    public void No_zone_moves_the_limits_of_the_product()
    {
        var now = Utc("2026-07-15T12:00");
        var plan = new RefillPlan { MemberId = Guid.NewGuid(), TimeZone = "Pacific/Kiritimati", DailyLimitMinor = 5_00 };

        RefillLimit.Of(plan, new RefillOptions { DailyCeilingMinor = 20_00, MonthlyCeilingMinor = 90_00 }, now).ShouldBe(
        [
            new("product's limit in 24 hours", Utc("2026-07-14T12:00"), 20_00),
            new("product's limit in 30 days", Utc("2026-06-15T12:00"), 90_00),
            new("daily limit", Utc("2026-07-15T10:00"), 5_00),
        ]);
    }

    private static TimeZoneInfo Zone(string name) => TimeZones.TryFind(name, out var zone) ? zone : throw new ArgumentException("No such zone.", nameof(name));

    private static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
