using System.Security.Claims;
using Tokens.Platform.Identity;
using Tokens.Platform.Sessions;

namespace Tokens.Host.Api.Sessions;

internal sealed class SessionStatus(SessionRevocations revocations) : ISignInStatus
{
    public async ValueTask<bool> StandsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        Session.IdOf(principal) is not { } id || !await revocations.ContainsAsync(id, cancellationToken);
}
