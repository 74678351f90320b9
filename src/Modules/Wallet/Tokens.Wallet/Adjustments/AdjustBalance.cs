using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Adjustments;

/// <summary>POST /api/tokens/admin/adjustments: an administrator corrects a balance by a further transfer.</summary>
internal static class AdjustBalance
{
    private static readonly WholeNumberRule TokensRule =
        new("tokens", "Invalid token amount", -WholeNumberRule.Largest) { Sentence = "tokens must be a whole number other than 0." };

    private static readonly TextRule ReasonRule = new("reason", "Invalid reason", 500) { LengthMinimum = 3 };

    internal sealed record Request(Guid MemberId, long Tokens, string Reason) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var request = new Request(
                input.Body.RequiredId("memberId", "Invalid member id"),
                input.Body.RequiredWholeNumber(TokensRule),
                input.Body.RequiredText(ReasonRule));
            if (input.Has(input.Body, "tokens") && request.Tokens == 0)
            {
                input.Fault("tokens", TokensRule.Title, TokensRule.Sentence!);
            }

            return request;
        }
    }

    internal sealed record Response(bool Success, Guid TransactionId, long Balance, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, MemberPosting posting)
    {
        var request = input.Value;
        if (ReservedIds.Covers(request.MemberId))
        {
            return InputFault.Of("memberId", "Invalid member id", "No member bears this id.");
        }

        var member = Account.OfMember(request.MemberId);
        var system = Account.Of(SystemAccount.Adjustments);
        var leg = request.Tokens > 0
            ? new Leg(system, member, request.Tokens, TransferKind.Adjustment)
            : new Leg(member, system, -request.Tokens, TransferKind.Adjustment);
        var (receipt, problem) = await posting.PostAsync(
            context, caller, input.Key, "adjustment", leg, new PostingDetails { Message = request.Reason });
        return receipt is null
            ? problem!
            : TypedResults.Ok(new Response(true, receipt.TransferId, receipt.BalancesAfter[request.MemberId], receipt.PostedAt));
    }
}
