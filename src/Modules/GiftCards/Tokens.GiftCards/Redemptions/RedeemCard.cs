using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Codes;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.RateLimits;

namespace Tokens.GiftCards.Redemptions;

/// <summary>POST /api/tokens/redeem-gift-card: the tokens of a card to whoever has its code.</summary>
internal static class RedeemCard
{
    private const string LockName = "giftcards.redeem_failures";

    private static readonly TextRule CodeRule = new("giftCardCode", "Invalid gift card code", GiftCode.TypedLengthMax)
    {
        LengthMinimum = 1,
        Description = "The code in any case, with or without hyphens; dashes, white space and format characters don't count. "
            + "Or the whole redeem link.",
    };

    private static readonly ProblemKind NotFoundKind = new(404, "gift_card_not_found", "Invalid or expired gift card code");
    private static readonly Problem NotFound = new(NotFoundKind, "There is no gift card with this code that can be redeemed.");

    private static readonly Problem NoRoom =
        new(ProblemKind.Conflict, "The balance would become larger than a balance can be. The gift card can still be redeemed.");

    internal sealed record Request(string Code) : IInput<Request>
    {
        // A record would print the code.
        public override string ToString() => nameof(Request);

        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            return new Request(input.Body.RequiredText(CodeRule));
        }
    }

    internal sealed record Response(bool Success, long TokensReceived, string? Message, long NewBalance, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, Redemption redemption)
    {
        var attempt = RedeemAttempt.By(caller.Id, context.Connection.RemoteIpAddress);
        switch (await redemption.RedeemAsync(caller.Id, input.Value.Code, input.Key, attempt, context.RequestAborted))
        {
            case RedeemOutcome.Redeemed redeemed:
                if (redeemed.IsReplay)
                {
                    context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                }

                return TypedResults.Ok(ResponseOf(redeemed.Card));
            case RedeemOutcome.Own:
                return InputFault.Of("giftCardCode", "Cannot redeem your own gift card", "You can cancel it instead.");
            case RedeemOutcome.KeyReused:
                return Postings.PostingProblems.KeyReused;
            case RedeemOutcome.NoRoom:
                return NoRoom;
            case RedeemOutcome.LockedOut locked:
                return ProblemOf(locked.Lockout, context.Response);
            default:
                return NotFound;
        }
    }

    private static Response ResponseOf(GiftCard card) =>
        new(true, card.Tokens, card.Message, card.EndedBalance!.Value, card.EndedAt!.Value);

    private static Problem ProblemOf(Lockout lockout, HttpResponse response)
    {
        new RateLimitFields(LockName, lockout.FailuresMax, lockout.Window, Remaining: 0, lockout.Left).WriteTo(response);
        var seconds = Math.Max(1, (long)Math.Ceiling(lockout.Left.TotalSeconds));
        return new Problem(ProblemKind.RateLimited, $"Too many codes were wrong. Try again in {seconds} seconds.")
        {
            RetryAfter = lockout.Left,
        }.With("retryAfterSeconds", seconds);
    }
}
