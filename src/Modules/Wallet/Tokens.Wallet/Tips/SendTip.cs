using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Tips;

/// <summary>POST /api/tokens/tip and /api/tokens/tip/{creatorId}: tokens from a member to a creator.</summary>
internal static class SendTip
{
    private const string CreatorTitle = "Invalid creator id";
    private static readonly TextRule MessageRule = new("message", "Invalid message", 500);

    internal sealed record Request(Guid CreatorId, long Tokens, string? Channel, string? Message) : IInput<Request>
    {
        public static Request Read(InputReader input) => Read(input, input.Body.RequiredId("creatorId", CreatorTitle));

        internal static Request Read(InputReader input, Guid creatorId)
        {
            input.TakesIdempotencyKey();
            return new Request(
                creatorId,
                input.Body.RequiredWholeNumber(MoneyRules.AmountTokens),
                input.Body.OptionalText(MoneyRules.Channel),
                input.Body.OptionalText(MessageRule));
        }
    }

    /// <summary>The same request with the creator named by the path.</summary>
    internal sealed record ByPath(Request Tip) : IInput<ByPath>
    {
        public static ByPath Read(InputReader input) => new(Request.Read(input, input.Route.RequiredId("creatorId", CreatorTitle)));
    }

    internal sealed record Response(
        bool Success,
        Guid TransactionId,
        long TipAmount,
        long TokensDeducted,
        decimal UsdValue,
        Guid CreatorId,
        string? Channel,
        long SenderBalance,
        long NewBalance,
        DateTime Timestamp);

    internal static Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, MemberPosting posting, TokenValue value) =>
        RunAsync(input.Value, input.Key, caller, context, posting, value);

    internal static Task<Results<Ok<Response>, Problem>> HandleByPath(
        Input<ByPath> input, Caller caller, HttpContext context, MemberPosting posting, TokenValue value) =>
        RunAsync(input.Value.Tip, input.Key, caller, context, posting, value);

    private static async Task<Results<Ok<Response>, Problem>> RunAsync(
        Request request, IdempotencyKey? key, Caller caller, HttpContext context, MemberPosting posting, TokenValue value)
    {
        if (request.CreatorId == caller.Id)
        {
            return InputFault.Of("creatorId", "Cannot tip yourself", "The creator must be somebody else.");
        }

        var leg = new Leg(Account.OfMember(caller.Id), Account.OfMember(request.CreatorId), request.Tokens, TransferKind.Tip);
        var (receipt, problem) = await posting.PostAsync(context, caller, key, "tip", leg, new PostingDetails
        {
            Payee = new RequiredPayee(request.CreatorId, MustBeCreator: true),
            Channel = request.Channel,
            Message = request.Message,
        });
        if (receipt is null)
        {
            return problem!;
        }

        var balance = receipt.BalancesAfter[caller.Id];
        return TypedResults.Ok(new Response(
            true,
            receipt.TransferId,
            request.Tokens,
            request.Tokens,
            value.UsdOf(request.Tokens),
            request.CreatorId,
            request.Channel,
            balance,
            balance,
            receipt.PostedAt));
    }
}
