using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Time;

namespace Tokens.Host.Api.Sessions;

/// <summary>GET /api/csrf-token: a token that is good for the cookie's session alone.</summary>
internal static class GetCsrfToken
{
    internal sealed record Response(bool Success, string CsrfToken, DateTime Timestamp);

    internal static async Task<Ok<Response>> Handle(HttpContext context, IAntiforgery antiforgery, TimeProvider time)
    {
        // The token is for later calls by cookie, even if a bearer token stands beside it in this one.
        var session = await context.AuthenticateAsync(Session.Scheme);
        context.User = session.Principal ?? context.User;
        var tokens = antiforgery.GetAndStoreTokens(context);
        return TypedResults.Ok(new Response(true, tokens.RequestToken!, time.UtcNow()));
    }
}
