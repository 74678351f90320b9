using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Stripe;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.SavedMethods;

/// <summary>Has Stripe keep one payment method a card: those by which a card isn't shown are detached.</summary>
internal sealed partial class RepeatedMethods(IModuleDb<PaymentsDb> db, AttachedMethods attached, ILogger<RepeatedMethods> logger)
{
    /// <summary>Detaches what no open purchase uses. What can't be detached now is left to the next reading.</summary>
    internal async Task DetachAsync(StripeCustomer customer, KeptMethods kept, CancellationToken cancellationToken)
    {
        // A default that another request has changed meanwhile may be one of them.
        var ids = kept.RepeatedIds.ToList();
        if (ids.Count == 0 || customer.DefaultMethodId != kept.Default?.Id)
        {
            return;
        }

        var used = await db.ReadAsync(
            (payments, token) => payments.Purchases
                .Where(purchase => purchase.MemberId == customer.MemberId && ids.Contains(purchase.PaymentMethodId)
                    && (purchase.Status == PurchaseStatus.Created || purchase.Status == PurchaseStatus.Processing
                        || purchase.Status == PurchaseStatus.RequiresAction))
                .Select(purchase => purchase.PaymentMethodId).ToListAsync(token),
            cancellationToken);
        try
        {
            foreach (var id in ids.Except(used, StringComparer.Ordinal))
            {
                await attached.DetachAsync(id, cancellationToken);
            }
        }
        // The list is right without it.
        catch (Exception fault) when (fault is StripeException or OperationCanceledException || StripeFaults.IsAway(fault))
        {
            LogKept(logger, StripeOutcome.Of(fault), customer.CustomerId);
        }
    }

    [LoggerMessage(LogIds.RepeatedMethodsKept, LogLevel.Warning, "A repeated payment method of Stripe's customer {CustomerId} was not detached ({Outcome}); the next reading of the list detaches it")]
    private static partial void LogKept(ILogger logger, string outcome, string customerId);
}
