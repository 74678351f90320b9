using Microsoft.AspNetCore.Http;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>Posts what a member asked for over HTTP: the member and the route are the scope of its key.</summary>
internal sealed class MemberPosting(PostingQueue queue, TimeProvider time, ITopUp? topUp = null)
{
    /// <summary>Posts one transfer; a replay is marked on the response. Answers a receipt or a problem, never both.</summary>
    internal async Task<(PostingReceipt? Receipt, Problem? Problem)> PostAsync(
        HttpContext context, Caller caller, IdempotencyKey? key, string route, Leg leg, PostingDetails details)
    {
        var decision = await PostAsync(caller, key, route, leg, details);
        var isRefillPending = false;
        if (decision is PostingDecision.InsufficientBalance low && topUp is not null
            && leg.Kind is TransferKind.Tip or TransferKind.Call)
        {
            var refill = await topUp.TryAsync(caller.Id, low.RequiredTokens, context.RequestAborted);
            isRefillPending = refill == TopUpOutcome.Pending;
            decision = refill == TopUpOutcome.Done ? await PostAsync(caller, key, route, leg, details) : decision;
        }

        switch (decision)
        {
            case PostingDecision.Posted posted:
                return (posted.Receipt, null);
            case PostingDecision.AlreadyPosted already:
                context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                return (already.Receipt, null);
            default:
                return (null, PostingProblems.Of(decision, details.Payee?.MustBeCreator == true, isRefillPending));
        }
    }

    private Task<PostingDecision> PostAsync(Caller caller, IdempotencyKey? key, string route, Leg leg, PostingDetails details)
    {
        Leg[] legs = [leg];
        return queue.PostAsync(new PostingRequest
        {
            Id = Uuid.New(time),
            CallerId = caller.Id,
            Route = route,
            Key = key?.Value,
            PayloadHash = PayloadHash.Of(legs, details.Reference, details.Channel, details.Message),
            Legs = legs,
            Payee = details.Payee,
            Reference = details.Reference,
            Channel = details.Channel,
            Message = details.Message,
        });
    }
}

/// <summary>What goes with a transfer.</summary>
internal sealed record PostingDetails
{
    internal RequiredPayee? Payee { get; init; }

    internal string? Reference { get; init; }

    internal string? Channel { get; init; }

    internal string? Message { get; init; }
}
