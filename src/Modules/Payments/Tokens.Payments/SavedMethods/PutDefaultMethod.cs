using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Payments.Purchases;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;

namespace Tokens.Payments.SavedMethods;

/// <summary>PUT /api/tokens/payment-methods/default.</summary>
internal static class PutDefaultMethod
{
    internal sealed record Request(string PaymentMethodId) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(PurchaseFields.ReadPaymentMethod(input));
    }

    internal static async Task<Ok<ListMethods.Response>> Handle(
        Input<Request> input,
        Caller caller,
        SavedMethodBook methods,
        IDefaultMethodObserver observer,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var kept = await methods.ChooseAsync(caller.Id, input.Value.PaymentMethodId, cancellationToken);
        // The id that is shown of the card, which may be another than the one sent; a caller that leaves now has chosen nevertheless.
        await observer.DefaultChosenAsync(caller.Id, kept.First(method => method.IsDefault).Id, CancellationToken.None);
        return ListMethods.Listing(kept, time);
    }
}
