using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.GiftCards.Cards;

/// <summary>POST /api/tokens/gift-card: tokens of the caller's onto a new card.</summary>
internal static class IssueCard
{
    internal const long TokensMax = 50_000;
    private const int DaysDefault = 30;
    private const string AmountTitle = "Invalid token amount";

    private static readonly WholeNumberRule AmountRule = new("tokenAmount", AmountTitle, 1, TokensMax) { Aliases = ["amountTokens"] };
    private static readonly WholeNumberRule DaysRule = new("expiresInDays", "Invalid expiry", 1, 365);
    private static readonly TextRule MessageRule = new("message", "Invalid message", 500);

    internal sealed record Request(long Tokens, string? Message, int ExpiresInDays) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            return new Request(
                input.Body.RequiredWholeNumber(AmountRule),
                input.Body.OptionalText(MessageRule),
                (int)(input.Body.OptionalWholeNumber(DaysRule) ?? DaysDefault));
        }
    }

    internal sealed record Response(
        bool Success,
        Guid GiftCardId,
        string? GiftCardCode,
        long TokenAmount,
        string? Message,
        DateTime ExpiresAt,
        string? RedeemUrl,
        long NewBalance,
        DateTime Timestamp)
    {
        // A record would print the code.
        public override string ToString() => $"card {GiftCardId}";
    }

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, CardIssue issue, CodeReveal reveal, IOptions<GiftCardsOptions> options)
    {
        var (tokens, message, days) = input.Value;
        var outcome = await issue.IssueAsync(new CardOrder(caller.Id, input.Key, tokens, message, days), context.RequestAborted);
        if (outcome is IssueOutcome.Refused refused)
        {
            return refused.Problem;
        }

        var (card, code, isReplay) = (IssueOutcome.Issued)outcome;
        if (isReplay)
        {
            context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        }

        if (code is not null)
        {
            reveal.DeleteWhenSent(card, context);
        }

        return TypedResults.Ok(new Response(
            true,
            card.Id,
            code,
            card.Tokens,
            card.Message,
            card.ExpiresAt,
            code is null ? null : options.Value.RedeemUrl(code),
            card.IssuedBalance!.Value,
            card.IssuedAt!.Value));
    }
}
