using System.Security.Claims;

namespace Tokens.Platform.Identity;

/// <summary>Is told of every authenticated request before its endpoint runs, so that a module can know the callers.</summary>
public interface ISignInObserver
{
    /// <summary>Must be cheap when nothing about the caller is new: it stands in the path of every request.</summary>
    /// <param name="principal">The accepted sign-in with its claims.</param>
    /// <param name="cancellationToken">The request's.</param>
    ValueTask SeenAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);
}
