using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Platform.Deliveries;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Finds the purchase that an order without a key repeats: an equal one of the same member that is open, or whose outcome no client is
/// known to have taken.
/// </summary>
internal sealed class KeylessPurchases(IModuleDb<PaymentsDb> db, IOptions<PaymentsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MarkPoll = TimeSpan.FromMilliseconds(20);

    private TimeSpan AnswerMark => TimeSpan.FromMilliseconds(options.Value.AnswerMarkMilliseconds);

    internal async Task<Purchase?> FindAsync(PurchaseOrder order, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var purchase = await ReadAsync(order, cancellationToken);
            if (purchase is null || await IsTooOldAsync(purchase, cancellationToken))
            {
                return null;
            }

            // Its answer may be on its way: that the client took it is noted soon after.
            var isBeingSent = time.UtcNow() - purchase.UpdatedAt < AnswerMark;
            if (!purchase.Status.IsFinal() || !isBeingSent || time.GetElapsedTime(started) >= AnswerMark)
            {
                return purchase;
            }

            await Task.Delay(MarkPoll, time, cancellationToken);
        }
    }

    /// <summary>
    /// Sees to it that the outcome counts as told once the client has taken the answer: the next equal order is another purchase when
    /// this one is final. Behind a gateway that confirms deliveries the gateway decides; else what this host's own connection took.
    /// </summary>
    internal async Task AnswerAsync(Purchase purchase, HttpContext context)
    {
        var tellsOutcome = purchase.Status.IsFinal() || (purchase.Status == PurchaseStatus.RequiresAction && !purchase.IsAnswered);
        if (!purchase.IsJoinable || !tellsOutcome)
        {
            return;
        }

        if (time.UtcNow() - purchase.UpdatedAt > AnswerMark / 2)
        {
            // On every host, an equal order that comes at once waits for this answer's delivery.
            await ChangeAsync(purchase.Id, row => row.SetProperty(p => p.UpdatedAt, time.UtcNow()), context.RequestAborted);
        }

        if (context.Features.Get<GatewayPeer>() is { ConfirmsDeliveries: true })
        {
            context.Response.Headers[DeliveryProtocol.ReceiptHeader] = purchase.Id.ToString();
            return;
        }

        var aborted = context.RequestAborted;
        context.Response.OnCompleted(() => aborted.IsCancellationRequested ? Task.CompletedTask : MarkAnsweredAsync(purchase.Id));
    }

    /// <summary>Notes that a client has taken an answer with the outcome; a purchase that needs no such note stays as it is.</summary>
    internal Task MarkAnsweredAsync(Guid id) => ChangeAsync(
        id,
        row => row.SetProperty(p => p.IsAnswered, true).SetProperty(p => p.IsJoinable, p => p.FinishedAt == null),
        CancellationToken.None);

    private Task<int> ChangeAsync(Guid id, Action<UpdateSettersBuilder<Purchase>> change, CancellationToken cancellationToken) => db.WriteAsync(
        (context, token) => context.Purchases.Where(p => p.Id == id && p.IsJoinable).ExecuteUpdateAsync(
            row =>
            {
                change(row);
                row.SetProperty(p => p.Version, p => p.Version + 1);
            },
            token),
        cancellationToken);

    private Task<Purchase?> ReadAsync(PurchaseOrder order, CancellationToken cancellationToken)
    {
        var hash = order.PayloadHash();
        return db.ReadAsync(
            (context, token) => context.Purchases.AsNoTracking().SingleOrDefaultAsync(
                p => p.IsJoinable && p.MemberId == order.MemberId && p.Route == order.Route && p.PayloadHash == hash, token),
            cancellationToken);
    }

    private async Task<bool> IsTooOldAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (time.UtcNow() - purchase.CreatedAt < TimeSpan.FromSeconds(options.Value.JoinSeconds))
        {
            return false;
        }

        await db.WriteAsync(
            (context, token) => context.Purchases.Where(p => p.Id == purchase.Id).ExecuteUpdateAsync(
                row => row.SetProperty(p => p.IsJoinable, false).SetProperty(p => p.Version, p => p.Version + 1), token),
            cancellationToken);
        return true;
    }
}
