using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Payments.Settlement;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>Places an order and answers its request, alike for every way to buy.</summary>
internal sealed partial class PurchaseAnswers(
    Checkout checkout,
    KeylessPurchases keyless,
    IWalletLedger ledger,
    IOptions<PaymentsOptions> options,
    ILogger<PurchaseAnswers> logger)
{
    private TimeSpan RetryAfter => TimeSpan.FromSeconds(options.Value.RetryAfterSeconds);

    internal async Task<Results<Ok<PurchaseResponse>, Problem>> PlaceAsync(
        PurchaseOrder order, HttpContext context, Func<PurchaseOrder, CancellationToken, Task<PurchaseOrder>>? complete = null)
    {
        switch (await checkout.PlaceAsync(order, complete, context.RequestAborted))
        {
            case CheckoutOutcome.Answered answered:
                return await FinishAsync(answered, context);
            case CheckoutOutcome.LeftOpen open:
                return LeftOpen(open.PurchaseId, open.Fault);
            case CheckoutOutcome.KeyReused:
                return PurchaseProblems.KeyReused;
            default:
                return PurchaseProblems.InProgress(RetryAfter);
        }
    }

    private async Task<Results<Ok<PurchaseResponse>, Problem>> FinishAsync(CheckoutOutcome.Answered answered, HttpContext context)
    {
        try
        {
            var answer = await AnswerAsync(answered, context);
            await keyless.AnswerAsync(answered.Result.Purchase, context);
            return answer;
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            return LeftOpen(answered.Result.Purchase.Id, fault);
        }
    }

    private async Task<Results<Ok<PurchaseResponse>, Problem>> AnswerAsync(CheckoutOutcome.Answered answered, HttpContext context)
    {
        var result = answered.Result;
        switch (result.Purchase.Status)
        {
            case PurchaseStatus.Succeeded:
                if (answered.IsReplay)
                {
                    context.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                }

                return TypedResults.Ok(PurchaseResponse.Paid(result));
            case PurchaseStatus.RequiresAction:
                var balance = await ledger.GetBalanceAsync(result.Purchase.MemberId, context.RequestAborted);
                return TypedResults.Ok(PurchaseResponse.AwaitingMember(result, balance));
            case PurchaseStatus.Declined:
                return PurchaseProblems.Declined(result);
            case PurchaseStatus.Cancelled when result.IsGivenUp:
                return PurchaseProblems.GivenUp(result.Purchase, RetryAfter);
            case PurchaseStatus.Cancelled:
                return PurchaseProblems.NotCharged(result);
            default:
                return PurchaseProblems.LeftOpen(result.Purchase, RetryAfter);
        }
    }

    private Problem LeftOpen(Guid purchaseId, Exception? fault)
    {
        if (fault is not null)
        {
            LogLeftOpen(logger, PassingFaults.Covers(fault) ? LogLevel.Warning : LogLevel.Error, fault, purchaseId);
        }

        return PurchaseProblems.LeftOpen(purchaseId, fault, RetryAfter);
    }

    [LoggerMessage(EventId = LogIds.PurchaseAnswersLeftOpen, Message = "Purchase {PurchaseId} failed after it was stored; its caller gets its id, and it is settled by itself")]
    private static partial void LogLeftOpen(ILogger logger, LogLevel level, Exception fault, Guid purchaseId);
}
