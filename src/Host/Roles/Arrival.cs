using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Roles;

/// <summary>How a request reached its listener, before any forwarded header is applied: a client can't choose these values.</summary>
/// <param name="Remote">The peer's address; null where the connection has none.</param>
/// <param name="Local">The address at which the connection was accepted; null where it has none.</param>
/// <param name="LocalPort">The port of the listener.</param>
/// <param name="Host">The request's <c>Host</c>.</param>
/// <param name="IsForwarded">Whether the request carries a header that a proxy adds.</param>
internal sealed record Arrival(IPAddress? Remote, IPAddress? Local, int LocalPort, HostString Host, bool IsForwarded)
{
    // The routes that ask for it; all others need no record.
    private static readonly PathString[] Recorded = ["/dev", "/ops", "/metrics"];

    private static readonly string[] ProxyHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"];

    /// <summary>
    /// The connection comes from this machine to a loopback address, under a loopback name. The name matters because a web page can make
    /// a browser on this machine connect here, but only under the page's own name (DNS rebinding).
    /// </summary>
    internal bool IsLocal => IsLoopback(Remote) && IsLoopback(Local) && LoopbackAddress.CoversHost(Host.Host);

    /// <summary>Returns the record of a request.</summary>
    /// <exception cref="InvalidOperationException">The route isn't one of those that are recorded.</exception>
    internal static Arrival Of(HttpContext context) => context.Features.GetRequiredFeature<Arrival>();

    internal static Arrival Record(HttpContext context)
    {
        var (connection, request) = (context.Connection, context.Request);
        return new Arrival(
            connection.RemoteIpAddress,
            connection.LocalIpAddress,
            connection.LocalPort,
            request.Host,
            Array.Exists(ProxyHeaders, request.Headers.ContainsKey));
    }

    internal static bool IsRecorded(PathString path) => Array.Exists(Recorded, tree => path.StartsWithSegments(tree));

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

internal static class ArrivalRecord
{
    /// <summary>Records how requests arrive; stands before the middleware that applies forwarded headers.</summary>
    internal static IApplicationBuilder UseArrivals(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Arrival.IsRecorded(context.Request.Path))
        {
            context.Features.Set(Arrival.Record(context));
        }

        return next(context);
    });
}
