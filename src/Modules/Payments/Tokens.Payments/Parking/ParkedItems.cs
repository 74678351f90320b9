using Microsoft.EntityFrameworkCore;
using Tokens.Payments.Data;
using Tokens.Payments.Events;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Parking;

/// <summary>Reads what is parked, and gives it back to the workers.</summary>
internal sealed class ParkedItems(IModuleDb<PaymentsDb> db, EventWorker worker, TimeProvider time)
{
    /// <summary>At most <paramref name="count"/> items behind the cursor, events first.</summary>
    internal Task<List<ParkedItem>> AfterAsync(ParkedCursor? cursor, int count, CancellationToken cancellationToken)
    {
        var (eventId, purchaseId) = cursor ?? ParkedCursor.Start;
        return db.ReadAsync(
            async (context, token) =>
            {
                var items = eventId is null ? [] : await Events(context, eventId).Take(count).ToListAsync(token);
                if (items.Count < count)
                {
                    items.AddRange(await Purchases(context, purchaseId).Take(count - items.Count).ToListAsync(token));
                }

                return items;
            },
            cancellationToken);
    }

    /// <summary>Makes the event due at once; false when it isn't parked.</summary>
    internal async Task<bool> ReleaseEventAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var released = await db.WriteAsync(
            (context, token) => context.StripeEvents.Where(e => e.Id == id && e.ParkedReason != null).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.Status, StripeEventStatus.Pending)
                    .SetProperty(e => e.Failures, 0)
                    .SetProperty(e => e.ParkedReason, (string?)null)
                    .SetProperty(e => e.FinishedAt, (DateTime?)null)
                    .SetProperty(e => e.NextAttemptAt, now),
                token),
            cancellationToken);
        if (released == 0)
        {
            return false;
        }

        worker.Wake();
        return true;
    }

    /// <summary>Makes the purchase due for settling at once; false when it isn't parked.</summary>
    internal async Task<bool> ReleasePurchaseAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return await db.WriteAsync(
            (context, token) => context.Purchases.Where(p => p.Id == id && p.ParkedReason != null).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Failures, 0)
                    .SetProperty(p => p.ParkedReason, (string?)null)
                    .SetProperty(p => p.NextCheckAt, now)
                    .SetProperty(p => p.UpdatedAt, now)
                    .SetProperty(p => p.Version, p => p.Version + 1),
                token),
            cancellationToken) == 1;
    }

    private static IQueryable<ParkedItem> Events(PaymentsDb context, string after) => context.StripeEvents
        .Where(e => e.ParkedReason != null && string.Compare(e.Id, after) > 0)
        .OrderBy(e => e.Id)
        .Select(e => new ParkedItem(
            ParkedKind.StripeEvent,
            e.Id,
            e.ParkedReason!,
            e.PurchaseId,
            e.PaymentIntentId,
            e.AmountMinor,
            e.Currency,
            e.Failures,
            e.FinishedAt));

    private static IQueryable<ParkedItem> Purchases(PaymentsDb context, Guid after) => context.Purchases
        .Where(p => p.ParkedReason != null && p.Id > after)
        .OrderBy(p => p.Id)
        .Select(p => new ParkedItem(
            ParkedKind.Purchase,
            IdOf(p.Id),
            p.ParkedReason!,
            p.Id,
            p.PaymentIntentId,
            p.AmountMinor,
            p.Currency,
            p.Failures,
            p.UpdatedAt));

    // A method of ours, because each provider would write an id in another way.
    private static string IdOf(Guid id) => id.ToString();
}
