using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Refills;

/// <summary>What a member's refills have cost, and may cost, in the day and the month of the member's zone.</summary>
internal sealed class RefillSpending(IModuleDb<PaymentsDb> db, IOptions<RefillOptions> options)
{
    internal async Task<bool> AllowsAsync(RefillPlan plan, long amountMinor, DateTime now, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(plan.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var today = TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date;
        var (day, month) = (StartOf(today, zone), StartOf(today.AddDays(1 - today.Day), zone));
        var spent = await db.ReadAsync(
            (payments, token) => payments.Purchases
                .Where(p => p.MemberId == plan.MemberId && p.RefillTrigger != null && p.CreatedAt >= month
                    && p.Status != PurchaseStatus.Declined && p.Status != PurchaseStatus.Cancelled)
                .Select(p => new { p.AmountMinor, p.CreatedAt }).ToListAsync(token),
            cancellationToken);
        var limits = options.Value;
        return spent.Where(p => p.CreatedAt >= day).Sum(p => p.AmountMinor) + amountMinor
                <= Math.Min(limits.DailyCeilingMinor, plan.DailyLimitMinor ?? long.MaxValue)
            && spent.Sum(p => p.AmountMinor) + amountMinor
                <= Math.Min(limits.MonthlyCeilingMinor, plan.MonthlyLimitMinor ?? long.MaxValue);
    }

    // A midnight that clocks skip begins with the first moment after it.
    private static DateTime StartOf(DateTime localMidnight, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(localMidnight))
        {
            localMidnight = localMidnight.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(localMidnight, DateTimeKind.Unspecified), zone);
    }
}
