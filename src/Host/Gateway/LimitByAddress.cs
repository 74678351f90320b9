using Microsoft.Extensions.Options;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Gateway;

/// <summary>
/// Lets an address send so many requests at once, and so many a second after that, whoever they are from. Exemptions belong to a route,
/// which is a path together with a method.
/// </summary>
internal sealed class LimitByAddress(
    RequestDelegate next, TrafficClasses classes, IOptions<GatewayOptions> options, GatewayMetrics metrics, TimeProvider time)
{
    private const string Policy = "gateway.address";

    private readonly int _burst = options.Value.AddressBurst;
    private readonly TokenBuckets _buckets =
        new(options.Value.AddressBurst, options.Value.AddressRequestsPerSecond, options.Value.AddressesMax, time);

    public Task InvokeAsync(HttpContext context)
    {
        if (IsExempt(context))
        {
            return next(context);
        }

        var wait = _buckets.Take(RequestPartition.OfAddress(context.Connection.RemoteIpAddress));
        var isAllowed = wait == TimeSpan.Zero;
        metrics.CountLimited(Policy, isAllowed);
        return isAllowed ? next(context) : new RateLimitFields(Policy, _burst, _buckets.FillsIn, 0, wait).RefuseAsync(context);
    }

    private bool IsExempt(HttpContext context) =>
        classes.Of(context).IsExemptFromAddressLimit
        || context.GetEndpoint()?.Metadata.GetMetadata<WithoutAddressLimit>()?.Covers(context.Request.Method) == true;
}
