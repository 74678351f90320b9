using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Data;
using Tokens.Payments.Settlement;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.Payments.Purchases;

/// <summary>Reads and writes purchases; each write is one statement, and none waits for Stripe.</summary>
internal sealed class PurchaseStore(
    IModuleDb<PaymentsDb> db, CheckSchedule schedule, PurchaseClaims claims, FailPoints failPoints, TimeProvider time)
{
    /// <summary>A new purchase, claimed by its maker and not stored yet.</summary>
    internal Purchase Open(PurchaseOrder order)
    {
        var now = time.UtcNow();
        return Purchase.Open(order, Uuid.New(time), now, now + claims.Length, schedule.First);
    }

    /// <summary>The member's purchase; null for another member's.</summary>
    internal Task<Purchase?> FindAsync(Guid memberId, Guid id, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Purchases.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MemberId == memberId, token),
        cancellationToken);

    /// <summary>The purchase, whoever's it is.</summary>
    internal Task<Purchase?> FindAsync(Guid id, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Purchases.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, token), cancellationToken);

    internal Task<Purchase> GetAsync(Guid id, CancellationToken cancellationToken) => db.ReadAsync(
        (context, token) => context.Purchases.AsNoTracking().SingleAsync(p => p.Id == id, token), cancellationToken);

    /// <summary>The purchase that holds the key: open or succeeded.</summary>
    internal Task<Purchase?> FindKeyHolderAsync(Guid memberId, string route, IdempotencyKey key, CancellationToken cancellationToken) =>
        db.ReadAsync(
            (context, token) => context.Purchases.AsNoTracking().SingleOrDefaultAsync(
                p => p.MemberId == memberId && p.Route == route && p.IdempotencyKey == key.Value
                    && p.Status != PurchaseStatus.Declined && p.Status != PurchaseStatus.Cancelled,
                token),
            cancellationToken);

    /// <summary>Adds a new purchase; false when another one holds its key, or is the one that an equal order without a key repeats.</summary>
    internal async Task<bool> TryAddAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        try
        {
            return await db.WriteAsync(
                async (context, token) =>
                {
                    context.Purchases.Add(purchase);
                    await context.SaveChangesAsync(token);
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
            return false;
        }
    }

    /// <summary>
    /// Claims the purchase for one drive, and says how it stands now; null while another drive holds it, and, to settle it, unless it is
    /// due. While a caller waits for it, it isn't due.
    /// </summary>
    internal async Task<Purchase?> TryClaimAsync(Guid id, DriveMode mode, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var until = now + claims.Length;
        var free = claims.Free;
        var (isCallers, isSettling) = (mode == DriveMode.Charge, mode == DriveMode.Settle);
        var firstCheckAt = schedule.First;
        var claimed = await db.WriteAsync(
            (context, token) => (isSettling
                    ? context.Purchases.Where(PurchaseClaims.IsDue(schedule.Due))
                    : context.Purchases)
                .Where(free)
                .Where(p => p.Id == id)
                .ExecuteUpdateAsync(
                    row => row
                        .SetProperty(p => p.ClaimedUntil, until)
                        .SetProperty(p => p.UpdatedAt, now)
                        .SetProperty(
                            p => p.NextCheckAt,
                            p => isCallers && p.FinishedAt == null && p.ParkedReason == null ? firstCheckAt
                                // What a clock ahead wrote isn't due any more once it is stamped: a drive that dies must leave it due.
                                : isSettling && p.NextCheckAt > until ? until
                                : p.NextCheckAt)
                        .SetProperty(p => p.Version, p => p.Version + 1),
                    token),
            cancellationToken);
        return claimed == 1 ? await GetAsync(id, cancellationToken) : null;
    }

    /// <summary>Stores what the drive has learned, and keeps its claim until the purchase is final.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another drive has taken over: read again.</exception>
    internal async Task SaveAsync(Purchase purchase)
    {
        var isFinal = purchase.Status.IsFinal();
        await WriteAsync(purchase, isFinal ? null : time.UtcNow() + claims.Length);
        if (isFinal)
        {
            failPoints.Reach(PaymentsFailPoint.OutcomeStored);
        }
    }

    /// <summary>Gives the claim back, so that the next drive need not wait for its end.</summary>
    internal async Task ReleaseAsync(Purchase purchase)
    {
        try
        {
            await WriteAsync(purchase, claimedUntil: null);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The claim has gone to another drive already.
        }
    }

    // Not cancellable: what Stripe has answered must be stored, whoever has gone away meanwhile.
    private Task<int> WriteAsync(Purchase purchase, DateTime? claimedUntil)
    {
        var before = purchase.Version;
        purchase.Touch(time.UtcNow(), claimedUntil);
        return db.WriteAsync(
            async (context, token) =>
            {
                var row = context.Entry(purchase);
                row.State = EntityState.Modified;
                row.Property(p => p.Version).OriginalValue = before;
                return await context.SaveChangesAsync(token);
            },
            CancellationToken.None);
    }
}
