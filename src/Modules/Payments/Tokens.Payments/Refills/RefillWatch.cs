using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>Notes whose balance is to be looked at, because something was spent from it. The look itself reads what it is then.</summary>
internal sealed class RefillWatch(IModuleDb<PaymentsDb> db, RefillWorker worker, TimeProvider time) : IPostingSubscriber
{
    public string Name => "refills";

    public async Task TakeAsync(IReadOnlyList<PostedBatch> batches, CancellationToken cancellationToken)
    {
        var spenders = batches.SelectMany(batch => batch.Entries).Where(entry => entry.Tokens < 0).Select(entry => entry.MemberId).Distinct().ToList();
        if (spenders.Count == 0)
        {
            return;
        }

        var now = time.UtcNow();
        var watched = await db.WriteAsync(
            (payments, token) => payments.RefillPlans
                .Where(plan => spenders.Contains(plan.MemberId) && plan.IsEnabled && (plan.CheckAt == null || plan.CheckAt > now))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(plan => plan.CheckAt, now).SetProperty(plan => plan.Version, plan => plan.Version + 1), token),
            cancellationToken);
        if (watched > 0)
        {
            worker.Wake();
        }
    }
}
