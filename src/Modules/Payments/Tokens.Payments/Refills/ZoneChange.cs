using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>A change of a member's time zone, as it concerns the member's limits: the day that has begun goes on to its end.</summary>
/// <param name="Before">The period at the time of the change.</param>
/// <param name="EffectiveAt">The end of that period's day: from then on the new zone's days count.</param>
internal sealed record ZoneChange(LimitPeriod Before, DateTime EffectiveAt)
{
    // A day ends within 24 hours and a little, and one that began in the east ends up to 26 hours later in the west.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(54);

    /// <param name="now">The time of the change.</param>
    /// <param name="zone">The zone until now.</param>
    /// <param name="change">The change to that zone; null when there was none.</param>
    internal static ZoneChange From(DateTime now, TimeZoneInfo zone, ZoneChange? change)
    {
        var period = LimitPeriod.At(now, zone, change);
        return new ZoneChange(
            period,
            change?.IsPlausible(now) == true && now < change.EffectiveAt
                ? change.EffectiveAt
                : new LocalCalendar(zone).StartOf(period.Date.AddDays(1)));
    }

    /// <summary>Returns false for a change that a clock has recorded which was ahead: it must not hold up the days.</summary>
    internal bool IsPlausible(DateTime now) =>
        Before.DayStart <= DueTimes.OfEnds(now, TimeSpan.Zero).Latest && EffectiveAt <= DueTimes.OfEnds(now, LongestDelay).Latest;
}
