using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Identity;
using Tokens.Platform.Time;

namespace Tokens.Payments.SavedMethods;

/// <summary>GET /api/tokens/payment-methods.</summary>
internal static class ListMethods
{
    internal sealed record Response(bool Success, IReadOnlyList<SavedMethod> PaymentMethods, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(
        Caller caller, SavedMethodBook methods, TimeProvider time, CancellationToken cancellationToken) =>
        Listing(await methods.ListAsync(caller.Id, cancellationToken), time);

    internal static Ok<Response> Listing(IReadOnlyList<SavedMethod> methods, TimeProvider time) =>
        TypedResults.Ok(new Response(true, methods, time.UtcNow()));
}
