using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.Payments.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Which purchase an order without a key repeats: an equal one of the same member that is open, or whose outcome has reached nobody.
/// </summary>
internal sealed class KeylessPurchases(IModuleDb<PaymentsDb> db, IOptions<PaymentsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MarkPoll = TimeSpan.FromMilliseconds(20);

    // Answers of this process on their way; those of other hosts are waited for by their age.
    private readonly ConcurrentDictionary<Guid, HttpContext> _beingSent = new();

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

            // Its answer may be on its way this moment: the mark that it arrived is written right after it.
            var isBeingSent = _beingSent.ContainsKey(purchase.Id) || time.UtcNow() - purchase.UpdatedAt < AnswerMark;
            if (!purchase.Status.IsFinal() || !isBeingSent || time.GetElapsedTime(started) >= AnswerMark)
            {
                return purchase;
            }

            await Task.Delay(MarkPoll, time, cancellationToken);
        }
    }

    /// <summary>
    /// Notes that the outcome reaches a caller, once it has: the next equal order is another purchase when this one is final.
    /// </summary>
    internal void NoteWhenSent(Purchase purchase, HttpContext context)
    {
        var tellsOutcome = purchase.Status.IsFinal() || (purchase.Status == PurchaseStatus.RequiresAction && !purchase.IsAnswered);
        if (!purchase.IsJoinable || !tellsOutcome)
        {
            return;
        }

        _beingSent[purchase.Id] = context;
        var aborted = context.RequestAborted;
        context.Response.OnCompleted(async () =>
        {
            try
            {
                if (!aborted.IsCancellationRequested)
                {
                    await MarkAnsweredAsync(purchase.Id);
                }
            }
            finally
            {
                _beingSent.TryRemove(new(purchase.Id, context));
            }
        });
    }

    private Task<int> MarkAnsweredAsync(Guid id) => db.WriteAsync(
        (context, token) => context.Purchases.Where(p => p.Id == id && p.IsJoinable).ExecuteUpdateAsync(
            row => row
                .SetProperty(p => p.IsAnswered, true)
                .SetProperty(p => p.IsJoinable, p => p.FinishedAt == null)
                .SetProperty(p => p.Version, p => p.Version + 1),
            token),
        CancellationToken.None);

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
