using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;

namespace Tokens.Payments.SavedMethods;

/// <summary>DELETE /api/tokens/payment-methods/{id}: Stripe keeps it no longer.</summary>
internal static class DeleteMethod
{
    private static readonly TextRule IdRule = new("id", "Invalid payment method", 255) { LengthMinimum = 1, AllowsControlCharacters = false };

    internal sealed record Request(string Id) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredText(IdRule));
    }

    internal static async Task<Ok<ListMethods.Response>> Handle(
        Input<Request> input, Caller caller, SavedMethodBook methods, TimeProvider time, CancellationToken cancellationToken) =>
        ListMethods.Listing(await methods.RemoveAsync(caller.Id, input.Value.Id, cancellationToken), time);
}
