using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Refills;

/// <summary>Compares what a member's refills have cost with what they may cost.</summary>
internal sealed class RefillSpending(IModuleDb<PaymentsDb> db, IOptions<RefillOptions> options)
{
    /// <summary>Returns why a refill of that price is not allowed now, for a person; null when it is.</summary>
    internal async Task<string?> RefusalAsync(RefillPlan plan, long amountMinor, DateTime now, CancellationToken cancellationToken)
    {
        if (amountMinor > RefillLimit.LargestRefillMinor(plan, options.Value))
        {
            return "The package costs more than a limit for refills allows.";
        }

        var limits = RefillLimit.Of(plan, options.Value, now);
        var since = limits.Min(limit => limit.Since);
        var spent = await db.ReadAsync(
            (payments, token) => payments.Purchases
                .Where(p => p.MemberId == plan.MemberId && p.RefillTrigger != null && p.CreatedAt >= since
                    && p.Status != PurchaseStatus.Declined && p.Status != PurchaseStatus.Cancelled)
                .Select(p => new { p.AmountMinor, p.CreatedAt }).ToListAsync(token),
            cancellationToken);
        var reached = limits.FirstOrDefault(
            limit => spent.Where(p => p.CreatedAt >= limit.Since).Sum(p => p.AmountMinor) + amountMinor > limit.AmountMinor);
        return reached is null ? null : $"The {reached.Name} for refills is reached.";
    }
}
