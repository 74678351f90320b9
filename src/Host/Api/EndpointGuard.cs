using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Tokens.Host.Roles;

namespace Tokens.Host.Api;

/// <summary>
/// Walks every route before the host listens: a wrong wiring that would answer 500 at its first call stops the start instead.
/// </summary>
internal static class EndpointGuard
{
    internal static void Check(WebApplication app)
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var faults = Faults(routes).ToList();
        if (faults.Count > 0)
        {
            throw new SettingsException("These routes are wired wrongly:" + string.Concat(faults.Select(fault => "\n  " + fault)));
        }
    }

    internal static IEnumerable<string> Faults(IReadOnlyCollection<RouteEndpoint> routes)
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

            // By another scheme a cookie could sign a request in after the CSRF guard has looked.
            if (route.Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Any(data => data.AuthenticationSchemes is not (null or JwtBearerDefaults.AuthenticationScheme)))
            {
                yield return $"{pattern} names a scheme of sign-in of its own.";
            }
        }

        foreach (var twins in routes.GroupBy(r => r.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .Where(group => group.Key is not null && group.Count() > 1))
        {
            yield return $"{twins.Key} names {twins.Count()} routes.";
        }
    }
}
