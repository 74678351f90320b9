using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;

namespace Tokens.Host.Api.Sessions;

/// <summary>POST /api/auth/session: makes a session of a bearer token.</summary>
internal static class OpenSession
{
    // Tokens are forgiven a few seconds for clocks that differ; a cookie is read by the clocks that wrote it.
    private static readonly Problem Ended = new(ProblemKind.Unauthenticated, "The token has just expired: sign in again.");

    internal sealed record Response(bool Success, DateTime ExpiresAt, DateTime Timestamp);

    internal static async Task<Results<Ok<Response>, Problem>> Handle(HttpContext context, TimeProvider time)
    {
        var expiresAt = SignInClaims.ExpiresAt(context.User);
        if (expiresAt <= time.GetUtcNow())
        {
            return Ended;
        }

        await context.SignInAsync(Session.Scheme, Session.Open(context.User, Uuid.NewRandom()), new AuthenticationProperties
        {
            IssuedUtc = time.GetUtcNow(),
            ExpiresUtc = expiresAt,
            IsPersistent = true,
        });
        return TypedResults.Ok(new Response(true, expiresAt.UtcDateTime, time.UtcNow()));
    }
}
