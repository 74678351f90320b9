using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Tokens.Platform.RateLimits;

/// <summary>
/// Counts each request to a route that names a policy, for the framework's rate limiter: exact windows, counted by all hosts together.
/// It is the global limiter, since a policy's own limiter sees neither the response nor other hosts.
/// </summary>
internal sealed class PolicyLimiter : PartitionedRateLimiter<HttpContext>
{
    internal const string MeterName = "Tokens.RateLimits";

    private readonly RateLimitPolicies _policies;
    private readonly IRateLimitCounter _counter;
    private long _countedAlone;

    public PolicyLimiter(RateLimitPolicies policies, IRateLimitCounter counter, IMeterFactory meters)
    {
        (_policies, _counter) = (policies, counter);
        meters.Create(MeterName).CreateObservableCounter(
            "tokens.rate_limits.counted_alone",
            () => Interlocked.Read(ref _countedAlone),
            "{request}",
            "Requests that this host allowed by itself, because Redis was away.");
    }

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>Returns whether the request's route names an enabled policy.</summary>
    internal bool Covers(HttpContext context) => LimitOf(context) is not null;

    // Asked first, and never for the last word: hosts that count together are asked asynchronously.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => CountedLease.Undecided;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        // Switched off since the request was let in here.
        if (LimitOf(resource) is not { } limit)
        {
            return CountedLease.Unlimited;
        }

        var count = await _counter.CountAsync(limit, RequestPartition.Of(resource), cancellationToken);
        if (count.IsAlone && count.IsAllowed)
        {
            Interlocked.Increment(ref _countedAlone);
        }

        var fields = new RateLimitFields(limit.Policy, limit.Permits, limit.Window, count.Remaining, count.NextPermitIn);
        if (count.IsAllowed)
        {
            fields.WriteTo(resource.Response);
        }

        return new CountedLease(count.IsAllowed, fields);
    }

    private RateLimit? LimitOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy ? _policies.LimitOf(policy) : null;
}
