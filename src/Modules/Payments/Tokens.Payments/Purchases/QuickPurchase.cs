using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>POST /api/tokens/quick-purchase: any small amount, at what a token is worth.</summary>
internal static class QuickPurchase
{
    private static readonly WholeNumberRule AmountRule =
        new("tokenAmount", PurchaseFields.AmountTitle, 10, 1_000) { Aliases = ["amountTokens"] };

    internal sealed record Request(long Tokens, string PaymentMethodId) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var request = new Request(input.Body.RequiredWholeNumber(AmountRule), PurchaseFields.ReadPaymentMethod(input));
            PurchaseFields.RefuseWhatIsNotOffered(input);
            return request;
        }
    }

    internal static Task<Results<Ok<PurchaseResponse>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, PurchaseAnswers purchases, TokenValue value)
    {
        var (tokens, paymentMethodId) = input.Value;
        var order = new PurchaseOrder(
            caller.Id, PurchaseRoutes.QuickPurchase, input.Key, tokens, BonusTokens: 0, tokens * value.AmountMinor, paymentMethodId);
        return purchases.PlaceAsync(order, context);
    }
}
