using Tokens.Host.Roles;
using Tokens.Platform.Time;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway;

/// <summary>The gateway's own liveness and readiness; the API hosts are named by number, their addresses are nobody's business.</summary>
internal static class GatewayHealth
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Every method, because the front end's catch-all would take what is left over.
        routes.Map("/health/live", Live).WithMetadata(new WithoutAddressLimit("GET", "HEAD"));
        routes.Map("/health/ready", Ready).WithMetadata(new WithoutAddressLimit("GET", "HEAD"));
    }

    private static IResult Live(HttpRequest request, IProxyStateLookup proxy, TimeProvider time) =>
        Answer(request, StatusCodes.Status200OK, "live", Destinations(proxy), time);

    private static IResult Ready(HttpRequest request, IProxyStateLookup proxy, DrainSignal drain, TimeProvider time)
    {
        var destinations = Destinations(proxy);
        return drain.IsDraining
            ? Answer(request, StatusCodes.Status503ServiceUnavailable, "draining", destinations, time)
            : destinations.ContainsValue("available")
                ? Answer(request, StatusCodes.Status200OK, "ready", destinations, time)
                : Answer(request, StatusCodes.Status503ServiceUnavailable, "unavailable", destinations, time);
    }

    private static SortedDictionary<string, string> Destinations(IProxyStateLookup proxy) =>
        new((proxy.TryGetCluster(Clusters.Api, out var cluster) ? cluster.DestinationsState.AllDestinations : []).ToDictionary(
            destination => destination.DestinationId,
            destination => destination.Health.Active == DestinationHealth.Unhealthy ? "unavailable" : "available"),
            StringComparer.Ordinal);

    private static IResult Answer(
        HttpRequest request, int status, string state, SortedDictionary<string, string> dependencies, TimeProvider time)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = "GET, HEAD";
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new { Success = status == StatusCodes.Status200OK, Status = state, Dependencies = dependencies, Timestamp = time.UtcNow() },
            statusCode: status);
    }
}
