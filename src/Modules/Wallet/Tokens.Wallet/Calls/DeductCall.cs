using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Calls;

/// <summary>POST /api/tokens/calls/deduct: tokens for a call, from the caller to the one on the other end.</summary>
internal static class DeductCall
{
    private static readonly TextRule SessionRule = new("sessionId", "Invalid session id", 100)
    {
        LengthMinimum = 1,
        AllowsControlCharacters = false,
    };

    internal sealed record Request(Guid CounterpartyId, long Tokens, string SessionId, string? Channel) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            return new Request(
                input.Body.RequiredId("counterpartyId", "Invalid counterparty id"),
                input.Body.RequiredWholeNumber(MoneyRules.AmountTokens),
                input.Body.RequiredText(SessionRule),
                input.Body.OptionalText(MoneyRules.Channel));
        }
    }

    internal sealed record Response(
        bool Success,
        Guid TransactionId,
        long TokensDeducted,
        string SessionId,
        long SenderBalance,
        long NewBalance,
        DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, MemberPosting posting)
    {
        var request = input.Value;
        if (request.CounterpartyId == caller.Id)
        {
            return InputFault.Of("counterpartyId", "Cannot pay yourself", "The counterparty must be somebody else.");
        }

        var leg = new Leg(Account.OfMember(caller.Id), Account.OfMember(request.CounterpartyId), request.Tokens, TransferKind.Call);
        var (receipt, problem) = await posting.PostAsync(context, caller, input.Key, "call", leg, new PostingDetails
        {
            Payee = new RequiredPayee(request.CounterpartyId, MustBeCreator: false),
            Reference = request.SessionId,
            Channel = request.Channel,
        });
        if (receipt is null)
        {
            return problem!;
        }

        var balance = receipt.BalancesAfter[caller.Id];
        return TypedResults.Ok(new Response(
            true, receipt.TransferId, request.Tokens, request.SessionId, balance, balance, receipt.PostedAt));
    }
}
