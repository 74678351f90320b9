using System.Globalization;
using Microsoft.Extensions.Options;
using Tokens.Host.Roles;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway;

/// <summary>
/// Tells browsers what an answer must not be used for. Ours may do nothing in a browser but be read; what the legacy application and
/// the front end say about their own pages stands, and they are given only what no page misses.
/// </summary>
internal sealed class SafetyHeaders(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private const string ForData = "default-src 'none'; frame-ancestors 'none'";

    // The page that reads the API's description brings its own scripts, and styles and images inside its markup.
    private const string ForDocs =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly string _transportSecurity =
        string.Create(CultureInfo.InvariantCulture, $"max-age={(long)options.Value.HstsMaxAge.TotalSeconds}");

    public Task InvokeAsync(HttpContext context)
    {
        // Just before the answer leaves, when it is known whose it is and what it says itself.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (context.Request.IsHttps && !LoopbackAddress.CoversHost(context.Request.Host.Host))
        {
            headers.TryAdd("Strict-Transport-Security", _transportSecurity);
        }

        headers.TryAdd("X-Content-Type-Options", "nosniff");
        if (IsAnotherApplications(context))
        {
            headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
            if (!headers.ContentSecurityPolicy.ToString().Contains("frame-ancestors", StringComparison.OrdinalIgnoreCase))
            {
                headers.TryAdd("X-Frame-Options", "SAMEORIGIN");
            }

            return;
        }

        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Content-Security-Policy", context.Request.Path.StartsWithSegments("/docs") ? ForDocs : ForData);
        headers.TryAdd("Cache-Control", "no-store");
    }

    private static bool IsAnotherApplications(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Cluster?.ClusterId is Clusters.Legacy or Clusters.Frontend
        && context.Features.Get<IForwarderErrorFeature>() is null;
}
