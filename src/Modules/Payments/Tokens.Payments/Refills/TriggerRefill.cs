using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Payments.Purchases;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>POST /api/tokens/smart-refill/trigger: the client says that a reason to refill has come.</summary>
internal static class TriggerRefill
{
    private const string NeedsHolder = "Payment requires authentication";

    private static readonly Problem KeyReused = new(
        ProblemKind.IdempotencyKeyReused, "This idempotency key came before with another trigger type or session.");

    private static readonly TextRule SessionRule = new("sessionId", "Invalid session id", 100) { AllowsControlCharacters = false };

    internal sealed record Request(string Trigger, string? Session) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            return new Request(
                input.Body.RequiredChoice("triggerType", "Invalid trigger type", RefillTrigger.All), input.Body.OptionalText(SessionRule));
        }
    }

    internal sealed record Response(
        bool Success,
        bool RefillExecuted,
        long TokensAdded,
        long NewBalance,
        string Reason,
        string Message,
        string TriggerType,
        string? PaymentIntentId,
        DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        HttpContext context,
        RefillEngine engine,
        PurchaseStore store,
        IWalletLedger wallet,
        IOptions<PaymentsOptions> options,
        TimeProvider time)
    {
        var (trigger, session) = input.Value;
        var cancellationToken = context.RequestAborted;
        if (input.Key is { } key
            && await store.FindKeyHolderAsync(caller.Id, PurchaseRoutes.SmartRefill, key, cancellationToken) is { } known)
        {
            if (!known.IsFor(RefillEngine.RequestOf(caller.Id, trigger, session, key)))
            {
                return KeyReused;
            }

            if (known.Status == PurchaseStatus.Succeeded)
            {
                context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                return TypedResults.Ok(Executed(known));
            }

            if (known.Status == PurchaseStatus.RequiresAction)
            {
                return await NotExecutedAsync(NeedsHolder, known.PaymentIntentId);
            }
        }

        var result = await engine.RunAsync(caller.Id, trigger, session, required: null, input.Key, cancellationToken);
        var retryAfter = TimeSpan.FromSeconds(options.Value.RetryAfterSeconds);
        return result switch
        {
            RefillResult.Placed { Outcome: CheckoutOutcome.Answered { Result: var placed } } => placed.Purchase.Status switch
            {
                PurchaseStatus.Succeeded => TypedResults.Ok(Executed(placed.Purchase)),
                PurchaseStatus.Declined => PurchaseProblems.Declined(placed),
                PurchaseStatus.RequiresAction => await NotExecutedAsync(NeedsHolder, placed.Purchase.PaymentIntentId),
                PurchaseStatus.Cancelled => PurchaseProblems.GivenUp(placed.Purchase, retryAfter),
                _ => PurchaseProblems.LeftOpen(placed.Purchase, retryAfter),
            },
            RefillResult.Placed { Outcome: CheckoutOutcome.LeftOpen open } => PurchaseProblems.LeftOpen(open.PurchaseId, open.Fault, retryAfter),
            RefillResult.Placed { Outcome: CheckoutOutcome.KeyReused } => KeyReused,
            RefillResult.Placed => await NotExecutedAsync("Refill conditions not met", null, "A refill is under way."),
            RefillResult.UnderWay => await NotExecutedAsync("Refill conditions not met", null, "A refill is under way."),
            RefillResult.NotMet notMet => await NotExecutedAsync("Refill conditions not met", null, notMet.Reason),
            _ => await NotExecutedAsync("Smart auto-refill not enabled", null, (result as RefillResult.NotEnabled)?.Reason),
        };

        Response Executed(Purchase refill) => new(
            true,
            true,
            refill.TotalTokens,
            refill.NewBalance!.Value,
            refill.RefillTrigger!,
            "Refill executed",
            refill.RefillTrigger!,
            refill.PaymentIntentId,
            refill.FinishedAt!.Value);

        async Task<Ok<Response>> NotExecutedAsync(string message, string? intentId, string? reason = null) => TypedResults.Ok(new Response(
            false,
            false,
            0,
            await wallet.GetBalanceAsync(caller.Id, cancellationToken),
            reason ?? message,
            message,
            trigger,
            intentId,
            time.UtcNow()));
    }
}
