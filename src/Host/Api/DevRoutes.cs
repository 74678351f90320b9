using Microsoft.AspNetCore.Hosting.Server;
using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api;

/// <summary>
/// Routes for a developer's machine: there in Development, while every listener is on loopback, and for requests from this machine under
/// a loopback name; 404 otherwise.
/// </summary>
internal static class DevRoutes
{
    internal static readonly Problem NotHere = new(ProblemKind.NotFound, "There is nothing at this address.");

    private static readonly PathString Tree = "/dev";

    internal static bool IsPrivate(HostSettings settings) => settings.IsDevelopment && Listeners(settings).All(LoopbackAddress.Covers);

    /// <summary>Answers 404 to a request from elsewhere, before it is signed in or read.</summary>
    internal static void UseDevRoutesGuard(this WebApplication app)
    {
        // The server knows its addresses once it has started.
        var isPrivate = new Lazy<bool>(() => LoopbackListener.IsOnly(app.Services.GetRequiredService<IServer>()));
        app.Use((context, next) => !context.Request.Path.StartsWithSegments(Tree) || (isPrivate.Value && IsLocal(context))
            ? next(context)
            : ProblemDocument.WriteAsync(context, NotHere));
    }

    // The connection is the gateway's; the name that the gateway was called by comes in a header.
    private static bool IsLocal(HttpContext context) =>
        Arrival.Of(context).IsLocal && LoopbackAddress.CoversHost(context.Request.Host.Host);

    private static IEnumerable<string> Listeners(HostSettings settings) =>
    [
        .. settings.Plays(Role.Gateway) ? settings.GatewayUrls : [],
        .. settings.ApiUrls,
        .. settings.Plays(Role.Sandbox) ? settings.SandboxUrls : [],
    ];
}
