using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Data;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Cards;

/// <summary>GET /api/tokens/gift-cards: the caller's own cards, newest first; never a whole code.</summary>
internal static class ListCards
{
    private const int LimitDefault = 50;
    private const string CursorTitle = "Invalid cursor";
    private static readonly WholeNumberRule LimitRule = new("limit", "Invalid limit", 1, 200);
    private static readonly TextRule CursorRule = new("cursor", CursorTitle, 36);

    internal sealed record Request(int Limit, Guid? Cursor, string? Status) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            var limit = (int)(input.Query.OptionalWholeNumber(LimitRule) ?? LimitDefault);
            var text = input.Query.OptionalText(CursorRule);
            Guid? cursor = Guid.TryParseExact(text, "D", out var id) ? id : null;
            if (text is not null && cursor is null)
            {
                input.Fault("cursor", CursorTitle, "cursor must be the nextCursor of an earlier page.");
            }

            return new Request(limit, cursor, input.Query.OptionalChoice("status", "Invalid status", CardListing.All));
        }
    }

    internal sealed record Item(
        Guid GiftCardId,
        string Last4,
        long TokenAmount,
        string Status,
        DateTime ExpiresAt,
        DateTime? RedeemedAt,
        DateTime CreatedAt);

    internal sealed record Response(bool Success, IReadOnlyList<Item> GiftCards, string? NextCursor, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Input<Request> input, Caller caller, IModuleDb<GiftCardsDb> db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (limit, cursor, status) = input.Value;
        var now = time.UtcNow();
        // One more than asked for tells whether there is another page.
        var cards = await db.ReadAsync(
            (context, token) =>
            {
                var own = CardListing.Filter(context.Cards.AsNoTracking().Where(card => card.MemberId == caller.Id), status, now);
                return (cursor is { } below ? own.Where(card => card.Id < below) : own)
                    .OrderByDescending(card => card.Id).Take(limit + 1).ToListAsync(token);
            },
            cancellationToken);
        var page = cards.Take(limit).Select(card => ItemOf(card, now)).ToList();
        return TypedResults.Ok(new Response(true, page, cards.Count > limit ? page[^1].GiftCardId.ToString() : null, now));
    }

    private static Item ItemOf(GiftCard card, DateTime now) => new(
        card.Id,
        card.Last4,
        card.Tokens,
        CardListing.Of(card, now),
        card.ExpiresAt,
        card.Status == CardStatus.Redeemed ? card.EndedAt : null,
        card.CreatedAt);
}
