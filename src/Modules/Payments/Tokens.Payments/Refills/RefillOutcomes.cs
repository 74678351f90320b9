using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>What the end of a refill does to the member's plan, whoever finds out about it, and tells the member.</summary>
internal sealed partial class RefillOutcomes(
    IModuleDb<PaymentsDb> db, IMemberNotices notices, PaymentsMetrics metrics, IOptions<RefillOptions> options, TimeProvider time, ILogger<RefillOutcomes> logger)
{
    internal const string Declined = "declined";

    internal async Task NoteAsync(Purchase refill)
    {
        metrics.CountRefill(refill.RefillTrigger!, refill.Status.Wire());
        switch (refill.Status)
        {
            case PurchaseStatus.Processing or PurchaseStatus.RequiresAction:
                Tell("refill_pending", refill);
                break;
            case PurchaseStatus.Succeeded:
                await db.WriteAsync(
                    (payments, token) => payments.RefillPlans.Where(plan => plan.MemberId == refill.MemberId).ExecuteUpdateAsync(
                        set => set.SetProperty(plan => plan.Declines, 0).SetProperty(plan => plan.PausedUntil, (DateTime?)null)
                            .SetProperty(plan => plan.Version, plan => plan.Version + 1),
                        token),
                    CancellationToken.None);
                break;
            case PurchaseStatus.Declined:
                Tell("refill_failed", refill);
                await DeclineAsync(refill);
                break;
            case PurchaseStatus.Cancelled:
                Tell("refill_failed", refill);
                break;
        }
    }

    private async Task DeclineAsync(Purchase refill)
    {
        var isDisabled = await db.WriteAsync(
            async (payments, token) =>
            {
                var plan = await payments.RefillPlans.SingleOrDefaultAsync(each => each.MemberId == refill.MemberId, token);
                if (plan is null)
                {
                    return false;
                }

                plan.Decline(time.UtcNow(), options.Value);
                await payments.SaveChangesAsync(token);
                return !plan.IsEnabled;
            },
            CancellationToken.None);
        if (isDisabled)
        {
            LogDisabled(logger, refill.Id);
            notices.Tell(refill.MemberId, "refill_disabled", new { reason = Declined });
        }
    }

    private void Tell(string name, Purchase refill) =>
        notices.Tell(refill.MemberId, name, new { purchaseId = refill.Id, status = refill.Status.Wire(), tokens = refill.Tokens });

    [LoggerMessage(LogIds.RefillOutcomesDisabled, LogLevel.Warning, "Refills of a member are switched off: purchase {PurchaseId} was declined like those before it")]
    private static partial void LogDisabled(ILogger logger, Guid purchaseId);
}
