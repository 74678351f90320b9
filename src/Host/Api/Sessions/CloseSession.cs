using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;
using Tokens.Platform.Sessions;
using Tokens.Platform.Time;

namespace Tokens.Host.Api.Sessions;

/// <summary>DELETE /api/auth/session: ends the cookie's session on every host.</summary>
internal static class CloseSession
{
    private static readonly Problem NoSession = new(ProblemKind.Unauthenticated, "There is no session to end.");

    internal sealed record Response(bool Success, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(
        HttpContext context,
        SessionRevocations revocations,
        IOptions<AntiforgeryOptions> csrf,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        // Asked for by its scheme: the caller may send a bearer token beside the cookie.
        var session = await context.AuthenticateAsync(Session.Scheme);
        if (Session.IdOf(session.Principal) is not { } id
            || !await revocations.AddAsync(id, SignInClaims.ExpiresAt(session.Principal!).UtcDateTime, cancellationToken))
        {
            return NoSession;
        }

        await context.SignOutAsync(Session.Scheme);
        var cookie = csrf.Value.Cookie;
        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context));
        return TypedResults.Ok(new Response(true, time.UtcNow()));
    }
}
