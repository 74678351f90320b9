using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Payments.Parking;

/// <summary>POST /api/tokens/admin/payments/parked/{id}/release: an event or a purchase is tried again, at once.</summary>
internal static class ReleaseParked
{
    private static readonly TextRule IdRule = new("id", "Invalid id", 255) { LengthMinimum = 1, AllowsControlCharacters = false };

    internal sealed record Request(string Id) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredText(IdRule));
    }

    internal sealed record Response(bool Success, string Id, string Kind, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, ParkedItems parked, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = input.Value.Id;
        var (kind, isReleased) = Guid.TryParseExact(id, "D", out var purchaseId)
            ? (ParkedKind.Purchase, await parked.ReleasePurchaseAsync(purchaseId, cancellationToken))
            : (ParkedKind.StripeEvent, await parked.ReleaseEventAsync(id, cancellationToken));
        return isReleased
            ? TypedResults.Ok(new Response(true, id, kind, time.UtcNow()))
            : new Problem(ProblemKind.NotFound, "Nothing that is parked has this id.");
    }
}
