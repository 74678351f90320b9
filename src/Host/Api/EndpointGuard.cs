using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Tokens.Host.Roles;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Api;

/// <summary>
/// Walks every route before the host listens: a wrong wiring that would answer 500 at its first call stops the start instead.
/// </summary>
internal static class EndpointGuard
{
    internal static void Check(WebApplication app)
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var policies = app.Services.GetRequiredService<RateLimitPolicies>();
        var faults = Faults(routes, policies.Knows).ToList();
        if (faults.Count > 0)
        {
            throw new SettingsException("These routes are wired wrongly:" + string.Concat(faults.Select(fault => "\n  " + fault)));
        }
    }

    internal static IEnumerable<string> Faults(IReadOnlyCollection<RouteEndpoint> routes, Func<string, bool> knowsLimit)
    {
        foreach (var route in routes)
        {
            var (name, pattern) = (route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, route.RoutePattern.RawText);
            if (name is null)
            {
                yield return $"{pattern} has no name.";
            }

            if (route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<IAuthorizeData>() is null)
            {
                yield return $"{pattern} says neither who may call it nor that anybody may.";
            }

            var limit = route.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
            if (limit is not null && !knowsLimit(limit))
            {
                yield return $"{pattern} is limited by {limit}, which no module has registered.";
            }
            else if (limit is null && IsOfApi(pattern) && route.Metadata.GetMetadata<WithoutRateLimit>() is null)
            {
                yield return $"{pattern} says neither what limits it nor why nothing does.";
            }
        }

        foreach (var twins in routes.GroupBy(r => r.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .Where(group => group.Key is not null && group.Count() > 1))
        {
            yield return $"{twins.Key} names {twins.Count()} routes.";
        }
    }

    private static bool IsOfApi(string? pattern) => new PathString('/' + pattern?.TrimStart('/')).StartsWithSegments("/api");
}
