using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Parking;

/// <summary>POST /api/tokens/admin/gift-cards/parked/{id}/release: a card or a gift is tried again, at once.</summary>
internal static class ReleaseParkedCard
{
    internal sealed record Request(Guid Id) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredId("id", "Invalid id"));
    }

    internal sealed record Response(bool Success, Guid Id, string Kind, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        Input<Request> input, ParkedItems parked, TimeProvider time, CancellationToken cancellationToken) =>
        await parked.ReleaseAsync(input.Value.Id, cancellationToken) is { } kind
            ? TypedResults.Ok(new Response(true, input.Value.Id, kind, time.UtcNow()))
            : new Problem(ProblemKind.NotFound, "Nothing that is parked has this id.");
}
