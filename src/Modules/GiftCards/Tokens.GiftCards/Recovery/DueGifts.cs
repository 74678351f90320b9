using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Gifts;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Recovery;

/// <summary>Which gifts the worker looks after, and when.</summary>
internal sealed class DueGifts(IModuleDb<GiftCardsDb> db, RetryPauses pauses, IOptions<RecoveryOptions> options, TimeProvider time)
{
    /// <summary>Those that a request has left unsent, the longest waiting first.</summary>
    internal Task<List<Gift>> ListAsync(CancellationToken cancellationToken)
    {
        var (now, latest) = (time.UtcNow(), pauses.Latest);
        return db.ReadAsync(
            (context, token) => context.Gifts.AsNoTracking().Include(gift => gift.Words)
                .Where(gift => gift.NextCheckAt <= now || gift.NextCheckAt > latest)
                .OrderBy(gift => gift.NextCheckAt).Take(options.Value.BatchMax).ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Takes a due gift for one pause; false when another host was first, or a request has gone on with it.</summary>
    internal async Task<bool> TryTakeAsync(Gift gift)
    {
        var until = pauses.After(failures: 0);
        return await db.WriteAsync(
            (context, token) => context.Gifts
                .Where(row => row.Id == gift.Id && row.Status == GiftStatus.Sending && row.NextCheckAt == gift.NextCheckAt)
                .ExecuteUpdateAsync(row => row.SetProperty(g => g.NextCheckAt, until), token),
            CancellationToken.None) == 1;
    }

    /// <summary>Puts a gift off that failed; true when that was once too often, and it is parked instead.</summary>
    internal async Task<bool> PutOffAsync(Gift gift, string reason, bool isPassing)
    {
        var failures = gift.Failures + (isPassing ? 0 : 1);
        var isParked = failures >= options.Value.FailuresMax;
        DateTime? until = isParked ? null : pauses.After(failures);
        return await db.WriteAsync(
            (context, token) => context.Gifts
                .Where(row => row.Id == gift.Id && row.Status == GiftStatus.Sending && row.NextCheckAt != null)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(g => g.Failures, failures)
                        .SetProperty(g => g.NextCheckAt, until)
                        .SetProperty(g => g.ParkedReason, isParked ? reason : null),
                    token),
            CancellationToken.None) == 1 && isParked;
    }
}
