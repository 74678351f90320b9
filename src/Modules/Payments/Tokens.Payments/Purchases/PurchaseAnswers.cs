using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>Places an order and answers its request, alike for every way to buy.</summary>
internal sealed class PurchaseAnswers(
    Checkout checkout, KeylessPurchases keyless, IWalletLedger ledger, IOptions<PaymentsOptions> options)
{
    internal async Task<Results<Ok<PurchaseResponse>, Problem>> PlaceAsync(
        PurchaseOrder order, HttpContext context, Func<PurchaseOrder, CancellationToken, Task<PurchaseOrder>>? complete = null)
    {
        var retryAfter = TimeSpan.FromSeconds(options.Value.RetryAfterSeconds);
        switch (await checkout.PlaceAsync(order, complete, context.RequestAborted))
        {
            case CheckoutOutcome.Answered answered:
                keyless.NoteWhenSent(answered.Result.Purchase, context);
                return await AnswerAsync(answered, context, retryAfter);
            case CheckoutOutcome.KeyReused:
                return PurchaseProblems.KeyReused;
            default:
                return PurchaseProblems.InProgress(retryAfter);
        }
    }

    private async Task<Results<Ok<PurchaseResponse>, Problem>> AnswerAsync(
        CheckoutOutcome.Answered answered, HttpContext context, TimeSpan retryAfter)
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
                return PurchaseProblems.GivenUp(result.Purchase, retryAfter);
            case PurchaseStatus.Cancelled:
                return PurchaseProblems.NotCharged(result);
            default:
                return PurchaseProblems.LeftOpen(result.Purchase, retryAfter);
        }
    }
}
