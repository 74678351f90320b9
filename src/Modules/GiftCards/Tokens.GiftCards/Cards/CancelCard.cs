using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using Tokens.Platform.Work;

namespace Tokens.GiftCards.Cards;

/// <summary>DELETE /api/tokens/gift-cards/{giftCardId}: the buyer takes an unused card back; again has the same answer.</summary>
internal static class CancelCard
{
    private static readonly Problem NotFound = new(ProblemKind.NotFound, "There is no such gift card.");
    private static readonly Problem Used = new(ProblemKind.Conflict, "The gift card has been redeemed or has expired.");

    private static readonly Problem NoRoom =
        new(ProblemKind.Conflict, "The balance would become larger than a balance can be. The gift card is still active.");

    internal sealed record Request(Guid CardId) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredId("giftCardId", "Invalid gift card id"));
    }

    internal sealed record Response(
        bool Success, Guid GiftCardId, string Status, long TokensRefunded, long NewBalance, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        CardStore store,
        CardEnd end,
        FailPoints failPoints,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await store.FindOwnAsync(caller.Id, input.Value.CardId, cancellationToken) is not { } card)
        {
            return NotFound;
        }

        if (card.Status == CardStatus.Active)
        {
            if (await store.TryClaimAsync(card, new CardClaim(CardStatus.Cancelling, Uuid.New(time))))
            {
                failPoints.Reach(GiftCardsFailPoint.CancelClaimed);
            }
            else
            {
                card = await store.GetAsync(card.Id);
            }
        }

        if (card.Status is not (CardStatus.Cancelling or CardStatus.Cancelled))
        {
            return Used;
        }

        return await end.FinishAsync(card) is { } cancelled
            ? TypedResults.Ok(new Response(
                true,
                cancelled.Id,
                CardStatus.Cancelled.Wire(),
                cancelled.Tokens,
                cancelled.EndedBalance!.Value,
                cancelled.EndedAt!.Value))
            : NoRoom;
    }
}
