using Microsoft.Extensions.Options;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Gateway;

/// <summary>Lets an address send so many requests at once, and so many a second after that, whoever they are from.</summary>
internal sealed class LimitByAddress(RequestDelegate next, IOptions<GatewayOptions> options, RateLimitMetrics metrics, TimeProvider time)
{
    private const string Policy = "gateway.address";

    // Stripe and health checks come often from one address; a stream is one request for hours, opened again by everybody at once
    // after a restart. Each is limited where it ends.
    private static readonly PathString[] Exempt =
        ["/webhooks/stripe", "/health/live", "/health/ready", "/api/tokens/balance/stream"];

    private readonly int _burst = options.Value.AddressBurst;
    private readonly TokenBuckets _buckets =
        new(options.Value.AddressBurst, options.Value.AddressRequestsPerSecond, options.Value.AddressesMax, time);

    public Task InvokeAsync(HttpContext context)
    {
        if (IsExempt(context.Request.Path))
        {
            return next(context);
        }

        var wait = _buckets.Take(RequestPartition.OfAddress(context.Connection.RemoteIpAddress));
        var isAllowed = wait == TimeSpan.Zero;
        metrics.Count(Policy, isAllowed);
        return isAllowed ? next(context) : new RateLimitFields(Policy, _burst, _buckets.FillsIn, 0, wait).RefuseAsync(context);
    }

    internal static bool IsExempt(PathString path) =>
        Array.Exists(Exempt, exempt => path.StartsWithSegments(exempt, out var rest) && rest.Value is "" or "/");
}
