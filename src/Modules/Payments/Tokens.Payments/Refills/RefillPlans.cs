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
    private const int AttemptsMax = 5;

    /// <summary>The member's plan, or the one that holds for whoever never made one.</summary>
    internal Task<RefillPlan> GetAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        async (payments, token) =>
            await payments.RefillPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.MemberId == memberId, token)
            ?? new RefillPlan { MemberId = memberId },
        cancellationToken);

    internal async Task<RefillPlan> ChangeAsync(Guid memberId, PatchRefillSettings.Request request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.WriteAsync((payments, token) => ChangeAsync(payments, memberId, request, token), cancellationToken);
            }
            // Changed by somebody else at the same time: this change goes on top of that one.
            catch (DbUpdateException fault) when (
                attempt < AttemptsMax && (fault is DbUpdateConcurrencyException || TransientFaults.IsUniqueViolation(fault)))
            {
            }
        }
    }

    /// <summary>Takes the one beginning of a refill that there is in a while; false when somebody else has.</summary>
    internal async Task<bool> TryBeginAsync(Guid memberId, DateTime now, CancellationToken cancellationToken)
    {
        var before = now.AddSeconds(-options.Value.PauseSeconds);
        return await db.WriteAsync(
            (payments, token) => payments.RefillPlans
                .Where(plan => plan.MemberId == memberId && plan.IsEnabled && (plan.LastStartedAt == null || plan.LastStartedAt <= before))
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
        var now = time.UtcNow();
        return db.ReadAsync(
            (payments, token) => payments.RefillPlans.Where(plan => plan.CheckAt <= now).OrderBy(plan => plan.CheckAt)
                .Select(plan => plan.MemberId).Take(count).ToListAsync(token),
            cancellationToken);
    }

    internal async Task<bool> TryLeaseAsync(Guid memberId, DateTime lease, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return await UpdateAsync(
            plan => plan.MemberId == memberId && plan.CheckAt <= now, set => set.SetProperty(plan => plan.CheckAt, lease), cancellationToken) == 1;
    }

    /// <summary>Says when the balance is looked at again, unless something was spent meanwhile.</summary>
    internal Task<int> EndLeaseAsync(Guid memberId, DateTime lease, DateTime? again, CancellationToken cancellationToken) => UpdateAsync(
        plan => plan.MemberId == memberId && plan.CheckAt == lease,
        set => set.SetProperty(plan => plan.CheckAt, plan => again ?? (plan.IsEnabled && plan.IsSmart ? plan.SmartCheckAt : null)),
        cancellationToken);

    /// <summary>Takes the one search for smart reasons that there is in a while, on all hosts; false when it isn't time, or they are off.</summary>
    internal async Task<bool> TryTakeSmartLookAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var next = now + options.Value.SmartPause;
        return await UpdateAsync(
            plan => plan.MemberId == memberId && plan.IsSmart && (plan.SmartCheckAt == null || plan.SmartCheckAt <= now),
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

    private async Task<RefillPlan> ChangeAsync(
        PaymentsDb payments, Guid memberId, PatchRefillSettings.Request request, CancellationToken cancellationToken)
    {
        var plan = await payments.RefillPlans.SingleOrDefaultAsync(plan => plan.MemberId == memberId, cancellationToken);
        if (plan is null)
        {
            plan = new RefillPlan { MemberId = memberId };
            payments.RefillPlans.Add(plan);
        }

        plan.Change(request, time.UtcNow(), options.Value);
        await payments.SaveChangesAsync(cancellationToken);
        return plan;
    }
}
