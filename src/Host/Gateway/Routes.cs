using Tokens.Host.Roles;
using Yarp.ReverseProxy.Configuration;

namespace Tokens.Host.Gateway;

/// <summary>The routing table: which path goes to which cluster.</summary>
internal static class Routes
{
    private static readonly string[] ApiTrees = ["/api/tokens", "/docs"];

    private static readonly string[] ApiPaths =
        ["/api/auth/session", "/api/csrf-token", "/webhooks/stripe", "/openapi/v1.json", "/dev/token", "/dev/noop"];

    /// <summary>Every path of this kind is the API's or the legacy application's, never the front end's.</summary>
    internal const string AllOfApi = "/api/{**rest}";

    internal static IReadOnlyList<RouteConfig> From(HostSettings settings) =>
    [
        .. ApiTrees.Select(tree => Route(Clusters.Api, tree + "/{**rest}")),
        .. ApiPaths.Select(path => Route(Clusters.Api, path)),
        .. settings.LegacyApiUrl is null ? Array.Empty<RouteConfig>() : [Route(Clusters.Legacy, AllOfApi)],
        .. settings.FrontendUpstream is null ? Array.Empty<RouteConfig>() : [Route(Clusters.Frontend, "/{**rest}")],
    ];

    internal static bool BelongsToApi(PathString path) =>
        Array.Exists(ApiTrees, tree => path.StartsWithSegments(tree))
        || Array.Exists(ApiPaths, own => path.StartsWithSegments(own, out var rest) && rest.Value is "" or "/");

    private static RouteConfig Route(string cluster, string path) => new()
    {
        RouteId = $"{cluster}:{path}",
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
    };
}
