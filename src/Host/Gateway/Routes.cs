using Tokens.Host.Roles;
using Yarp.ReverseProxy.Configuration;

namespace Tokens.Host.Gateway;

/// <summary>The routing table: which path goes to which cluster.</summary>
internal static class Routes
{
    private static readonly string[] ApiTrees = ["/api/tokens", "/docs"];

    private static readonly string[] ApiPaths =
        ["/api/auth/session", "/api/csrf-token", "/webhooks/stripe", "/openapi/v1.json", "/dev/token", "/dev/noop"];

    /// <summary>Ids of the routes that have limits of their own: a path together with a method.</summary>
    internal const string Webhooks = "api:webhooks";
    internal const string Streams = "api:streams";
    internal const string Directory = "api:directory";
    internal const string Documents = "api:documents";
    internal const string Document = "api:document";

    /// <summary>Every path of this kind is the API's or the legacy application's, never the front end's.</summary>
    internal const string AllOfApi = "/api/{**rest}";

    internal static IReadOnlyList<RouteConfig> From(HostSettings settings) =>
    [
        .. ApiTrees.Select(tree => Route(Clusters.Api, tree + "/{**rest}")),
        .. ApiPaths.Select(path => Route(Clusters.Api, path)),
        ApiRoute(Documents, "GET", "/docs/{**rest}"),
        ApiRoute(Document, "GET", "/openapi/v1.json"),
        ApiRoute(Webhooks, "POST", "/webhooks/stripe"),
        ApiRoute(Streams, "GET", "/api/tokens/balance/stream"),
        ApiRoute(Directory, "PUT", "/api/tokens/admin/members"),
        .. settings.LegacyApiUrl is null ? Array.Empty<RouteConfig>() : [Route(Clusters.Legacy, AllOfApi)],
        .. settings.FrontendUpstream is null ? Array.Empty<RouteConfig>() : [Route(Clusters.Frontend, "/{**rest}")],
    ];

    internal static bool BelongsToApi(PathString path) =>
        Array.Exists(ApiTrees, tree => path.StartsWithSegments(tree))
        || Array.Exists(ApiPaths, own => path.StartsWithSegments(own, out var rest) && rest.Value is "" or "/");

    // Another method on the same path is an ordinary request.
    private static RouteConfig ApiRoute(string id, string method, string path) => new()
    {
        RouteId = id,
        ClusterId = Clusters.Api,
        Match = new RouteMatch { Path = path, Methods = [method] },
    };

    private static RouteConfig Route(string cluster, string path) => new()
    {
        RouteId = $"{cluster}:{path}",
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
    };
}
