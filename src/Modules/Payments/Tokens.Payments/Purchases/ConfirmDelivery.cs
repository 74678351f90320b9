using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Deliveries;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Payments.Purchases;

/// <summary>POST /internal/deliveries/{id}: a trusted gateway confirms that its client took the answer of a purchase without a key.</summary>
internal static class ConfirmDelivery
{
    internal sealed record Request(Guid PurchaseId) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredId("id", "Invalid receipt"));
    }

    private static readonly Problem NotFound = new(ProblemKind.NotFound, "There is no such route.");

    internal static async Task<Results<NoContent, Problem>> Handle(Input<Request> input, HttpContext context, KeylessPurchases keyless)
    {
        if (context.Features.Get<GatewayPeer>() is null)
        {
            return NotFound;
        }

        await keyless.MarkAnsweredAsync(input.Value.PurchaseId);
        return TypedResults.NoContent();
    }
}
