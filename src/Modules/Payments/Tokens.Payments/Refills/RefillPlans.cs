using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Refills;

/// <summary>Keeps members' plans.</summary>
internal sealed class RefillPlans(IModuleDb<PaymentsDb> db, IOptions<RefillOptions> options, TimeProvider time)
{
    /// <summary>The member's plan, or the one that holds for whoever never made one.</summary>
    internal Task<RefillPlan> GetAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        async (payments, token) =>
            await payments.RefillPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.MemberId == memberId, token)
            ?? new RefillPlan { MemberId = memberId },
        cancellationToken);

    /// <summary>Applies the member's change and returns the plan as it is then. Changes made at the same time are applied one after the other.</summary>
    internal async Task<RefillPlan> ChangeAsync(Guid memberId, PatchRefillSettings.Request request, CancellationToken cancellationToken)
    {
        await EnsureAsync(memberId, cancellationToken);
        return (await UpdateLockedAsync(memberId, plan => plan.Change(request, time.UtcNow(), options.Value), cancellationToken))!;
    }

    /// <summary>Notes that a refill was declined, and returns the plan as it is then; null when the member has none.</summary>
    internal Task<RefillPlan?> DeclineAsync(Guid memberId, string methodId) => UpdateLockedAsync(
        memberId, plan => plan.Decline(methodId, time.UtcNow(), options.Value), CancellationToken.None);

    /// <summary>Forgets the declines, because a refill was paid or another payment method takes over.</summary>
    internal Task<int> EndPauseAsync(Guid memberId, CancellationToken cancellationToken) => UpdateAsync(
        plan => plan.MemberId == memberId,
        set => set.SetProperty(plan => plan.Declines, 0).SetProperty(plan => plan.PausedUntil, (DateTime?)null)
            .SetProperty(plan => plan.PausedMethodId, (string?)null),
        cancellationToken);

    /// <summary>Forgets the declines of other payment methods than the one chosen, and has the balance looked at; false when there were none.</summary>
    internal async Task<bool> EndPauseAsync(Guid memberId, string methodId, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return await UpdateAsync(
            plan => plan.MemberId == memberId && plan.PausedUntil != null && (plan.PausedMethodId == null || plan.PausedMethodId != methodId),
            set => set.SetProperty(plan => plan.Declines, 0).SetProperty(plan => plan.PausedUntil, (DateTime?)null)
                .SetProperty(plan => plan.PausedMethodId, (string?)null)
                .SetProperty(plan => plan.CheckAt, plan => plan.IsEnabled ? now : plan.CheckAt),
            cancellationToken) > 0;
    }

    /// <summary>Takes the one beginning of a refill that there is in a while; false when somebody else has.</summary>
    internal async Task<bool> TryBeginAsync(Guid memberId, DateTime now, CancellationToken cancellationToken)
    {
        var (before, latest) = DueTimes.OfBeginnings(now, options.Value.Pause);
        return await db.WriteAsync(
            (payments, token) => payments.RefillPlans
                .Where(plan => plan.MemberId == memberId && plan.IsEnabled
                    && (plan.LastStartedAt == null || plan.LastStartedAt <= before || plan.LastStartedAt > latest))
                .Where(plan => !PendingRefills.Open(payments, memberId).Any())
                .ExecuteUpdateAsync(
                    set => set.SetProperty(plan => plan.LastStartedAt, now).SetProperty(plan => plan.Version, plan => plan.Version + 1), token),
            cancellationToken) == 1;
    }

    /// <summary>Gives back a beginning of which nothing came.</summary>
    internal Task<int> GiveBackAsync(Guid memberId, DateTime begun) => UpdateAsync(
        plan => plan.MemberId == memberId && plan.LastStartedAt == begun,
        set => set.SetProperty(plan => plan.LastStartedAt, (DateTime?)null),
        CancellationToken.None);

    /// <summary>Members whose balance is to be looked at.</summary>
    internal Task<List<Guid>> ListDueAsync(int count, CancellationToken cancellationToken)
    {
        var (now, latest) = DueTimes.OfEnds(time, options.Value.LongestPause);
        return db.ReadAsync(
            (payments, token) => payments.RefillPlans.Where(plan => plan.CheckAt <= now || plan.CheckAt > latest).OrderBy(plan => plan.CheckAt)
                .Select(plan => plan.MemberId).Take(count).ToListAsync(token),
            cancellationToken);
    }

    internal async Task<bool> TryLeaseAsync(Guid memberId, DateTime lease, CancellationToken cancellationToken)
    {
        var (now, latest) = DueTimes.OfEnds(time, options.Value.LongestPause);
        return await UpdateAsync(
            plan => plan.MemberId == memberId && (plan.CheckAt <= now || plan.CheckAt > latest),
            set => set.SetProperty(plan => plan.CheckAt, lease),
            cancellationToken) == 1;
    }

    /// <summary>Says when the balance is looked at again, unless something was spent meanwhile.</summary>
    internal Task<int> EndLeaseAsync(Guid memberId, DateTime lease, DateTime? again, CancellationToken cancellationToken) => UpdateAsync(
        plan => plan.MemberId == memberId && plan.CheckAt == lease,
        set => set.SetProperty(plan => plan.CheckAt, plan => again ?? (plan.IsEnabled && plan.IsSmart ? plan.SmartCheckAt : null)),
        cancellationToken);

    /// <summary>Takes the one search for smart reasons that there is in a while, on all hosts; false when it isn't time, or they are off.</summary>
    internal async Task<bool> TryTakeSmartLookAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var (now, latest) = DueTimes.OfEnds(time, options.Value.SmartPause);
        var next = now + options.Value.SmartPause;
        return await UpdateAsync(
            plan => plan.MemberId == memberId && plan.IsSmart
                && (plan.SmartCheckAt == null || plan.SmartCheckAt <= now || plan.SmartCheckAt > latest),
            set => set.SetProperty(plan => plan.SmartCheckAt, next),
            cancellationToken) == 1;
    }

    private Task<int> UpdateAsync(
        Expression<Func<RefillPlan, bool>> which, Action<UpdateSettersBuilder<RefillPlan>> change, CancellationToken cancellationToken) =>
        db.WriteAsync(
            (payments, token) => payments.RefillPlans.Where(which).ExecuteUpdateAsync(
                set =>
                {
                    change(set);
                    set.SetProperty(plan => plan.Version, plan => plan.Version + 1);
                },
                token),
            cancellationToken);

    // Plans are never removed, so that one that another request has added at the same time is as good.
    private async Task EnsureAsync(Guid memberId, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(
                async (payments, token) =>
                {
                    if (!await payments.RefillPlans.AnyAsync(plan => plan.MemberId == memberId, token))
                    {
                        payments.RefillPlans.Add(new RefillPlan { MemberId = memberId, UpdatedAt = time.UtcNow() });
                        await payments.SaveChangesAsync(token);
                    }

                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException fault) when (TransientFaults.IsUniqueViolation(fault))
        {
        }
    }

    private Task<RefillPlan?> UpdateLockedAsync(Guid memberId, Action<RefillPlan> change, CancellationToken cancellationToken) => db.WriteAsync(
        async (payments, token) =>
        {
            await using var transaction = await payments.Database.BeginTransactionAsync(token);
            // The write locks the row until the commit, on either provider: what is read next stays as it is.
            var locked = await payments.RefillPlans.Where(plan => plan.MemberId == memberId)
                .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.Version, plan => plan.Version + 1), token);
            if (locked == 0)
            {
                return null;
            }

            var plan = await payments.RefillPlans.SingleAsync(plan => plan.MemberId == memberId, token);
            change(plan);
            await payments.SaveChangesAsync(token);
            await transaction.CommitAsync(token);
            return plan;
        },
        cancellationToken);
}
