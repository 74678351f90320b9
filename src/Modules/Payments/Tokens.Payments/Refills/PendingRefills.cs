using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Charging;
using Tokens.Payments.Data;
using Tokens.Payments.Purchases;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Refills;

/// <summary>The refill of a member that is under way, with the secret by which the member may authenticate it.</summary>
internal sealed class PendingRefills(IModuleDb<PaymentsDb> db, ClientSecrets secrets)
{
    /// <summary>Null when none is under way.</summary>
    internal Task<PurchaseStatus?> StatusAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        (payments, token) => Open(payments, memberId).Select(refill => (PurchaseStatus?)refill.Status).SingleOrDefaultAsync(token),
        cancellationToken);

    internal async Task<RefillSettingsResponse.PendingRefill?> FindAsync(Guid memberId, CancellationToken cancellationToken)
    {
        var refill = await db.ReadAsync(
            (payments, token) => Open(payments, memberId).AsNoTracking().SingleOrDefaultAsync(token), cancellationToken);
        if (refill is null)
        {
            return null;
        }

        var secret = refill.Status == PurchaseStatus.RequiresAction ? await secrets.FindAsync(refill, StripeUse.Background, cancellationToken) : null;
        return new(refill.Id, refill.Status.Wire(), secret);
    }

    /// <summary>As the unique index knows it: at most one.</summary>
    internal static IQueryable<Purchase> Open(PaymentsDb payments, Guid memberId) => payments.Purchases.Where(purchase =>
        purchase.MemberId == memberId && purchase.RefillTrigger != null
        && (purchase.Status == PurchaseStatus.Created || purchase.Status == PurchaseStatus.Processing
            || purchase.Status == PurchaseStatus.RequiresAction));
}
