using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Tokens.Host.Api;
using Tokens.Host.Roles;
using Tokens.Platform.Identity;
using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>
/// Lets two callers act: one on this machine, who sends the token of the page, which no other site can read; and an administrator, by
/// bearer token, from wherever the listener is reached. Reading the page is no permission to act.
/// </summary>
internal sealed class OpsActGuard(OpsSources sources, IServer server) : IEndpointFilter
{
    internal const string TokenHeader = "X-Ops-Token";

    private static readonly Problem NotLocal = new(
        ProblemKind.Forbidden, "Act from this machine on a loopback listener, or send an administrator's bearer token.");

    private static readonly Problem NoToken = new(ProblemKind.Forbidden, $"Send the page's token in the header {TokenHeader}.");

    private static readonly Problem NotAdministrator = new(ProblemKind.Forbidden, $"The sign-in lacks the role {SignIn.AdminRole}.");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.Authorization.Count > 0)
        {
            if (await BearerSignIn.ReadAsync(http, sources.Api) is not { } member)
            {
                return BareStatus.ToProblem(StatusCodes.Status401Unauthorized);
            }

            if (!SignInClaims.HasRole(member, SignIn.AdminRole))
            {
                return NotAdministrator;
            }

            http.Features.Set(new OpsActor(member.FindFirst(Caller.SubjectClaim)!.Value));
            return await next(context);
        }

        if (!IsLocal(http, server))
        {
            return NotLocal;
        }

        if (!IsToken(http.Request.Headers[TokenHeader].ToString()))
        {
            return NoToken;
        }

        http.Features.Set(new OpsActor(OpsActor.LocalName));
        return await next(context);
    }

    /// <summary>Whether the request came from this machine, to a loopback listener, under a loopback name and through no proxy.</summary>
    internal static bool IsLocal(HttpContext context, IServer server) =>
        Arrival.Of(context) is { IsLocal: true, IsForwarded: false } arrival && LoopbackListener.Covers(server, arrival.LocalPort);

    private bool IsToken(string sent) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(sources.Token));
}
