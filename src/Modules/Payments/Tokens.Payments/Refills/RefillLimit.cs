using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>An amount that a member's refills since an instant may not exceed.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Since">The first instant that counts.</param>
/// <param name="AmountMinor">In US cents.</param>
internal sealed record RefillLimit(string Name, DateTime Since, long AmountMinor)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>
    /// Lists the limits that hold for a member: the product's in rolling windows, which no setting of the member moves, and the member's
    /// own in the calendar of the member's zone.
    /// </summary>
    internal static IReadOnlyList<RefillLimit> Of(RefillPlan plan, RefillOptions options, DateTime now)
    {
        var limits = new List<RefillLimit>
        {
            new("product's limit in 24 hours", now - Day, options.DailyCeilingMinor),
            new("product's limit in 30 days", now - Month, options.MonthlyCeilingMinor),
        };
        var period = LimitPeriod.At(now, TimeZones.FindOrUtc(plan.TimeZone), plan.ZoneChange);
        if (plan.DailyLimitMinor is { } daily)
        {
            limits.Add(new("daily limit", period.DayStart, daily));
        }

        if (plan.MonthlyLimitMinor is { } monthly)
        {
            limits.Add(new("monthly limit", period.MonthStart, monthly));
        }

        return limits;
    }

    /// <summary>Returns the largest amount that any refill of the member may cost, in US cents.</summary>
    internal static long LargestRefillMinor(RefillPlan plan, RefillOptions options) => Math.Min(
        Math.Min(options.DailyCeilingMinor, options.MonthlyCeilingMinor),
        Math.Min(plan.DailyLimitMinor ?? long.MaxValue, plan.MonthlyLimitMinor ?? long.MaxValue));
}
