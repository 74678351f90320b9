using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Settlement;

/// <summary>Which purchases are to be looked at, and when.</summary>
internal sealed class DuePurchases(IModuleDb<PaymentsDb> db, IOptions<SettlementOptions> options, TimeProvider time)
{
    /// <summary>Those that are due and in nobody's hands, the longest waiting first.</summary>
    internal Task<List<Guid>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return db.ReadAsync(
            (context, token) => context.Purchases
                .Where(p => p.NextCheckAt <= now && (p.ClaimedUntil == null || p.ClaimedUntil <= now))
                .OrderBy(p => p.NextCheckAt)
                .Select(p => p.Id)
                .Take(options.Value.BatchMax)
                .ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Makes a purchase due whose member is said to have authenticated, or not; one that a drive is at is left to it.</summary>
    internal Task<int> CallAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return db.WriteAsync(
            (context, token) => context.Purchases
                .Where(p => p.Id == id && p.Status == PurchaseStatus.RequiresAction
                    && p.ParkedReason == null && (p.ClaimedUntil == null || p.ClaimedUntil <= now))
                .ExecuteUpdateAsync(
                    row => row.SetProperty(p => p.NextCheckAt, now).SetProperty(p => p.Version, p => p.Version + 1), token),
            cancellationToken);
    }

    /// <summary>Puts a purchase off whose drive failed; true when that was once too often, and it is parked instead.</summary>
    /// <param name="id">The purchase.</param>
    /// <param name="until">When it is due again.</param>
    /// <param name="isPassing">Whether the fault says nothing about the purchase, and doesn't count.</param>
    internal async Task<bool> PutOffAsync(Guid id, DateTime until, bool isPassing)
    {
        var failure = isPassing ? 0 : 1;
        var failuresMax = options.Value.FailuresMax;
        await db.WriteAsync(
            (context, token) => context.Purchases.Where(p => p.Id == id && p.NextCheckAt != null).ExecuteUpdateAsync(
                row => row
                    .SetProperty(p => p.Failures, p => p.Failures + failure)
                    .SetProperty(p => p.NextCheckAt, until)
                    .SetProperty(p => p.ClaimedUntil, (DateTime?)null)
                    .SetProperty(p => p.Version, p => p.Version + 1),
                token),
            CancellationToken.None);
        return await db.WriteAsync(
            (context, token) => context.Purchases.Where(p => p.Id == id && p.NextCheckAt != null && p.Failures >= failuresMax)
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(p => p.ParkedReason, ParkedReason.KeepsFailing)
                        .SetProperty(p => p.NextCheckAt, (DateTime?)null)
                        .SetProperty(p => p.Version, p => p.Version + 1),
                    token),
            CancellationToken.None) == 1;
    }
}
