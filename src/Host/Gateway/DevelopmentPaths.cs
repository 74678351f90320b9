using Microsoft.AspNetCore.Hosting.Server;
using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>
/// Answers 404 instead of forwarding a development route of the API, unless this gateway listens on loopback only and the request came
/// from this machine under a loopback name: such a route signs its caller in as anyone.
/// </summary>
internal sealed class DevelopmentPaths(RequestDelegate next, IServer server)
{
    private static readonly PathString Tree = "/dev";

    // The server knows its addresses once it has started.
    private readonly Lazy<bool> _isPrivate = new(() => LoopbackListener.IsOnly(server));

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        return !path.StartsWithSegments(Tree) || !Routes.BelongsToApi(path) || (_isPrivate.Value && IsLocal(context))
            ? next(context)
            : ProblemDocument.WriteAsync(context, BareStatus.ToProblem(StatusCodes.Status404NotFound));
    }

    // The forwarded name too: a proxy on this machine may serve clients of other machines.
    private static bool IsLocal(HttpContext context) =>
        Arrival.Of(context).IsLocal && LoopbackAddress.CoversHost(context.Request.Host.Host);
}
