using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Tokens.Platform.RateLimits;

/// <summary>Counts each request to a route that names a policy, before its handler runs; refuses it once the limit is reached.</summary>
internal sealed class EnforceRateLimits(
    RequestDelegate next, RateLimitPolicies policies, IRateLimitCounter counter, RateLimitMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy
            && policies.LimitOf(policy) is { } limit)
        {
            var count = await counter.CountAsync(limit, RequestPartition.Of(context), context.RequestAborted);
            metrics.Count(policy, count.IsAllowed, count.IsAlone);
            var fields = new RateLimitFields(policy, limit.Permits, limit.Window, count.Remaining, count.NextPermitIn);
            if (!count.IsAllowed)
            {
                await fields.RefuseAsync(context);
                return;
            }

            fields.WriteTo(context.Response);
        }

        await next(context);
    }
}
