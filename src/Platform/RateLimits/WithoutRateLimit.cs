using Microsoft.AspNetCore.Builder;

namespace Tokens.Platform.RateLimits;

/// <summary>Endpoint metadata: the route is limited by no policy, and why that is right.</summary>
/// <param name="Reason">A sentence for whoever reviews the route.</param>
public sealed record WithoutRateLimit(string Reason);

/// <summary>Says at a route that no policy limits it.</summary>
public static class WithoutRateLimitConvention
{
    /// <summary>Exempts the route; every other route under <c>/api</c> has to name a policy.</summary>
    public static TBuilder WithoutRateLimit<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return route.WithMetadata(new WithoutRateLimit(reason));
    }
}
