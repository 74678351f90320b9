using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Payments.Purchases;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Payments.SavedMethods;

/// <summary>POST /api/tokens/purchase-saved: a package, paid by a kept payment method.</summary>
internal static class BuyWithSaved
{
    internal sealed record Request(long Tokens, string? PaymentMethodId) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var request = new Request(PurchaseFields.ReadPackage(input), PurchaseFields.ReadSavedMethod(input));
            PurchaseFields.RefuseWhatIsNotOffered(input);
            return request;
        }
    }

    internal static Task<Results<Ok<PurchaseResponse>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        HttpContext context,
        PurchaseAnswers purchases,
        SavedMethodBook methods,
        IOptions<PaymentsOptions> options)
    {
        var (tokens, methodId) = input.Value;
        var shop = options.Value;
        var order = new PurchaseOrder(
            caller.Id,
            PurchaseRoutes.PurchaseSaved,
            input.Key,
            tokens,
            shop.BonusTokensOf(tokens),
            shop.FindPackage(tokens)!.AmountMinor,
            methodId ?? "")
        {
            MethodChoice = methodId ?? "",
        };
        return purchases.PlaceAsync(order, context, CompleteAsync);

        // Only of a new purchase: a repeat is answered although its method is kept no longer.
        async Task<PurchaseOrder> CompleteAsync(PurchaseOrder bare, CancellationToken cancellationToken) =>
            await methods.FindAsync(caller.Id, methodId, cancellationToken) is var (customerId, method)
                ? bare with { CustomerId = customerId, PaymentMethodId = method.Id }
                : throw new ProblemException(InputFault.Of(
                    "paymentMethodId", "Invalid payment method", "No payment method is kept: keep one first, or buy with another."));
    }
}
