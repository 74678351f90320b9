using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Identity;

/// <summary>Who makes the request: the subject of a sign-in that authentication has accepted.</summary>
/// <param name="Id">The subject's UUID.</param>
public readonly record struct Caller(Guid Id)
{
    /// <summary>The claim that carries the subject.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>Reads the caller of an authenticated principal.</summary>
    /// <exception cref="InvalidOperationException">The principal carries no UUID as subject: authentication let it through by mistake.</exception>
    public static Caller From(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return Guid.TryParse(principal.FindFirst(SubjectClaim)?.Value, out var id)
            ? new Caller(id)
            : throw new InvalidOperationException("An authenticated request must carry a UUID as its subject.");
    }

    /// <summary>Binds the parameter of an endpoint.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(From(context.User));
    }
}
