using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Recovery;

/// <summary>Which cards the worker goes on with, and when.</summary>
internal sealed class DueCards(IModuleDb<GiftCardsDb> db, RetryPauses pauses, IOptions<RecoveryOptions> options, IOptions<GiftCardsOptions> cards, TimeProvider time)
{
    /// <summary>Those that a request has left between two steps, the longest waiting first.</summary>
    internal Task<List<GiftCard>> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        var (now, latest) = (time.UtcNow(), pauses.Latest);
        return db.ReadAsync(
            (context, token) => context.Cards.AsNoTracking()
                // Later than any pause leads to: put off before the clock was set back.
                .Where(card => card.NextCheckAt <= now || card.NextCheckAt > latest)
                .OrderBy(card => card.NextCheckAt).Take(options.Value.BatchMax).ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Active ones whose time has come.</summary>
    internal Task<List<GiftCard>> ListExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return db.ReadAsync(
            (context, token) => context.Cards.AsNoTracking()
                .Where(card => card.Status == CardStatus.Active && card.ExpiresAt <= now)
                .OrderBy(card => card.ExpiresAt).Take(options.Value.BatchMax).ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Takes a due card for one pause; false when another host was first, or a request has gone on with it.</summary>
    internal async Task<bool> TryTakeAsync(GiftCard card)
    {
        var until = pauses.After(failures: 0);
        return await db.WriteAsync(
            (context, token) => context.Cards
                .Where(row => row.Id == card.Id && row.Status == card.Status && row.NextCheckAt == card.NextCheckAt)
                .ExecuteUpdateAsync(row => row.SetProperty(c => c.NextCheckAt, until), token),
            CancellationToken.None) == 1;
    }

    /// <summary>Puts a card off that failed; true when that was once too often, and it is parked instead.</summary>
    internal async Task<bool> PutOffAsync(GiftCard card, string reason, bool isPassing)
    {
        var failures = card.Failures + (isPassing ? 0 : 1);
        var isParked = failures >= options.Value.FailuresMax;
        DateTime? until = isParked ? null : pauses.After(failures);
        return await db.WriteAsync(
            (context, token) => context.Cards
                .Where(row => row.Id == card.Id && row.Status == card.Status && row.NextCheckAt != null)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(c => c.Failures, failures)
                        .SetProperty(c => c.NextCheckAt, until)
                        .SetProperty(c => c.ParkedReason, isParked ? reason : null),
                    token),
            CancellationToken.None) == 1 && isParked;
    }

    /// <summary>Deletes the sealed codes that may not be shown any more.</summary>
    internal Task<int> UnsealAsync(CancellationToken cancellationToken)
    {
        // Later than any card made now: the clock was set back since, or the hours were made fewer.
        var (now, latest) = DueTimes.OfEnds(time, cards.Value.SealedFor);
        return db.WriteAsync(
            (context, token) => context.Cards.Where(card => card.SealedUntil <= now || card.SealedUntil > latest).ExecuteUpdateAsync(
                row => row.SetProperty(c => c.SealedCode, (byte[]?)null).SetProperty(c => c.SealedUntil, (DateTime?)null), token),
            cancellationToken);
    }
}
