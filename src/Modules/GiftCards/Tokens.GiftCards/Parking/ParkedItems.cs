using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Data;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Parking;

/// <summary>Reads what is parked, and gives it back to the worker.</summary>
internal sealed class ParkedItems(IModuleDb<GiftCardsDb> db, TimeProvider time)
{
    /// <summary>At most <paramref name="count"/> items behind that id, in the order of their ids.</summary>
    internal Task<List<ParkedItem>> AfterAsync(Guid after, int count, CancellationToken cancellationToken) => db.ReadAsync(
        async (context, token) =>
        {
            var cards = await context.Cards.AsNoTracking().Where(card => card.ParkedReason != null && card.Id > after)
                .OrderBy(card => card.Id).Take(count).ToListAsync(token);
            var gifts = await context.Gifts.AsNoTracking().Where(gift => gift.ParkedReason != null && gift.Id > after)
                .OrderBy(gift => gift.Id).Take(count).ToListAsync(token);
            return cards
                .Select(card => new ParkedItem(
                    ParkedKind.Card, card.Id, card.ParkedReason!, card.Status.Wire(), card.MemberId, card.Tokens, card.Failures, card.CreatedAt))
                .Concat(gifts.Select(gift => new ParkedItem(
                    ParkedKind.Gift, gift.Id, gift.ParkedReason!, gift.Status.ToString().ToLowerInvariant(), gift.SenderId, gift.Tokens, gift.Failures, gift.CreatedAt)))
                .OrderBy(item => item.Id.ToString(), StringComparer.Ordinal)
                .Take(count)
                .ToList();
        },
        cancellationToken);

    /// <summary>Makes it due at once; says what it was, or null when nothing parked has this id.</summary>
    internal async Task<string?> ReleaseAsync(Guid id, CancellationToken cancellationToken)
    {
        DateTime? now = time.UtcNow();
        return await db.WriteAsync(
            async (context, token) =>
            {
                if (await context.Cards.Where(card => card.Id == id && card.ParkedReason != null).ExecuteUpdateAsync(
                    row => row.SetProperty(c => c.ParkedReason, (string?)null).SetProperty(c => c.Failures, 0).SetProperty(c => c.NextCheckAt, now),
                    token) == 1)
                {
                    return ParkedKind.Card;
                }

                return await context.Gifts.Where(gift => gift.Id == id && gift.ParkedReason != null).ExecuteUpdateAsync(
                    row => row.SetProperty(g => g.ParkedReason, (string?)null).SetProperty(g => g.Failures, 0).SetProperty(g => g.NextCheckAt, now),
                    token) == 1
                    ? ParkedKind.Gift
                    : null;
            },
            cancellationToken);
    }
}
