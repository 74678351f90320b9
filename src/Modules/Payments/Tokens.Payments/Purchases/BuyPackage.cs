using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Payments.SavedMethods;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Payments.Purchases;

/// <summary>POST /api/tokens/purchase: a package, paid by card.</summary>
internal static class BuyPackage
{
    internal sealed record Request(long Tokens, string PaymentMethodId, bool Saves) : IInput<Request>
    {
        public static Request Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var request = new Request(
                PurchaseFields.ReadPackage(input), PurchaseFields.ReadPaymentMethod(input), PurchaseFields.ReadSaving(input));
            PurchaseFields.RefuseWhatIsNotOffered(input);
            return request;
        }
    }

    internal static async Task<Results<Ok<PurchaseResponse>, Problem>> Handle(
        Input<Request> input,
        Caller caller,
        HttpContext context,
        PurchaseAnswers purchases,
        MethodAdmission admission,
        IOptions<PaymentsOptions> options)
    {
        var (tokens, paymentMethodId, saves) = input.Value;
        var shop = options.Value;
        var order = new PurchaseOrder(
            caller.Id, PurchaseRoutes.Purchase, input.Key, tokens, shop.BonusTokensOf(tokens), shop.FindPackage(tokens)!.AmountMinor, paymentMethodId)
        {
            SavesMethod = saves,
        };
        return await purchases.PlaceAsync(order, context, saves ? CompleteAsync : null);

        async Task<PurchaseOrder> CompleteAsync(PurchaseOrder bare, CancellationToken cancellationToken)
        {
            var admitted = await admission.AdmitAsync(bare.MemberId, bare.PaymentMethodId, cancellationToken);
            return bare with { CustomerId = admitted.CustomerId, IsMethodKept = admitted.IsKept };
        }
    }
}
