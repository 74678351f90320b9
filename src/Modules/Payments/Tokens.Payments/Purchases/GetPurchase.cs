using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>GET /api/tokens/purchases/{id}: how a purchase stands, by Stripe's word while it is open.</summary>
internal static class GetPurchase
{
    internal sealed record Request(Guid PurchaseId) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredId("id", "Invalid purchase id"));
    }

    internal sealed record Facts(
        Guid Id, string Status, long Tokens, long BonusTokens, decimal AmountUsd, string? PaymentIntentId, DateTime CreatedAt);

    internal sealed record Response(bool Success, Facts Purchase, DateTime Timestamp);

    private static readonly Problem NotFound =
        new(ProblemKind.NotFound with { Title = "Purchase not found" }, "There is no such purchase.");

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        PurchaseStore store,
        PurchaseLooks looks,
        KeylessPurchases keyless,
        HttpContext context,
        TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        var stored = await store.FindAsync(caller.Id, input.Value.PurchaseId, cancellationToken);
        if (stored is null)
        {
            return NotFound;
        }

        var purchase = await looks.RefreshAsync(stored, cancellationToken);
        await keyless.AnswerAsync(purchase, context);
        var facts = new Facts(
            purchase.Id,
            purchase.Status.Wire(),
            purchase.Tokens,
            purchase.BonusTokens,
            purchase.AmountUsd,
            purchase.PaymentIntentId,
            purchase.CreatedAt);
        return TypedResults.Ok(new Response(true, facts, time.UtcNow()));
    }
}
