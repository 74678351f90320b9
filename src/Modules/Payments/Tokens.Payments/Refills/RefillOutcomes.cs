using Microsoft.Extensions.Logging;
using Tokens.Payments.Purchases;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>What the end of a refill does to the member's plan, whoever finds out about it, and tells the member.</summary>
internal sealed partial class RefillOutcomes(
    RefillPlans plans, IMemberNotices notices, PaymentsMetrics metrics, ILogger<RefillOutcomes> logger)
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
                await plans.EndPauseAsync(refill.MemberId, CancellationToken.None);
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
        if (await plans.DeclineAsync(refill.MemberId, refill.PaymentMethodId) is { IsEnabled: false })
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
