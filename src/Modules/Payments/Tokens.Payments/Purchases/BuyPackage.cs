using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Payments.Purchases;

/// <summary>POST /api/tokens/purchase: a package, paid by card.</summary>
internal static class BuyPackage
{
    private static readonly WholeNumberRule AmountRule = new("tokenAmount", PurchaseFields.AmountTitle) { Aliases = ["amountTokens"] };

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

    internal static async Task<Results<Ok<PurchaseResponse>, Problem>> Handle(
        Input<Request> input, Caller caller, HttpContext context, PurchaseAnswers purchases, IOptions<PaymentsOptions> options)
    {
        var (tokens, paymentMethodId) = input.Value;
        var shop = options.Value;
        if (shop.FindPackage(tokens) is not { } package)
        {
            var amounts = shop.Packages.Select(sold => sold.Tokens).Order().ToArray();
            return InputFault.Of("tokenAmount", PurchaseFields.AmountTitle, $"tokenAmount must be one of {string.Join(", ", amounts)}.")
                .With("validAmounts", amounts);
        }

        var order = new PurchaseOrder(
            caller.Id, PurchaseRoutes.Purchase, input.Key, tokens, shop.BonusTokensOf(tokens), package.AmountMinor, paymentMethodId);
        return await purchases.PlaceAsync(order, context);
    }
}
