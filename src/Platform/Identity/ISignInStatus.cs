using System.Security.Claims;

namespace Tokens.Platform.Identity;

/// <summary>Says whether a sign-in that was accepted when its request began still stands, for requests that go on for long.</summary>
public interface ISignInStatus
{
    /// <summary>
    /// False once the session that the principal came with was ended; true for a bearer token, which nothing ends but its
    /// <c>exp</c>. Cheap enough to be asked often.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database, which has to be asked now and then, is away.</exception>
    ValueTask<bool> StandsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);
}
