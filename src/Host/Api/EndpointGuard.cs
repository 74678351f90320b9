using System.Collections.Frozen;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Tokens.Host.Roles;
using Tokens.Platform.Answers;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Api;

/// <summary>
/// Walks every route before the host listens: a wrong wiring that would answer 500 at its first call stops the start instead.
/// </summary>
internal static class EndpointGuard
{
    private static readonly FrozenSet<Type> Framework =
        [typeof(HttpContext), typeof(HttpRequest), typeof(HttpResponse), typeof(ClaimsPrincipal), typeof(CancellationToken)];

    internal static void Check(WebApplication app)
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var services = app.Services.GetRequiredService<IServiceProviderIsService>();
        var policies = app.Services.GetRequiredService<RateLimitPolicies>();
        var faults = Faults(routes, policies.Knows).Concat(routes.SelectMany(route => BoundByFramework(route, services))).ToList();
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

            // By another scheme a cookie could sign a request in after the CSRF guard has looked.
            if (route.Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Any(data => data.AuthenticationSchemes is not (null or JwtBearerDefaults.AuthenticationScheme)))
            {
                yield return $"{pattern} names a scheme of sign-in of its own.";
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

        foreach (var route in routes.Where(route => route.Metadata.GetMetadata<CompressibleAnswer>() is not null))
        {
            if (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not ["GET"])
            {
                yield return $"{route.RoutePattern.RawText} answers other methods than GET and may not be compressed.";
            }
        }

        foreach (var twins in routes.GroupBy(r => r.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName)
            .Where(group => group.Key is not null && group.Count() > 1))
        {
            yield return $"{twins.Key} names {twins.Count()} routes.";
        }
    }

    // What the framework binds it also refuses, in its own words and without naming a field.
    internal static IEnumerable<string> BoundByFramework(RouteEndpoint route, IServiceProviderIsService services) =>
        from handler in route.Metadata.OfType<MethodInfo>()
        where handler.DeclaringType?.Namespace?.StartsWith("Tokens.", StringComparison.Ordinal) == true
        from parameter in handler.GetParameters()
        where !IsInput(parameter.ParameterType) && !Framework.Contains(parameter.ParameterType) && !services.IsService(parameter.ParameterType)
        select $"{route.RoutePattern.RawText} leaves '{parameter.Name}' to the framework: read it by Input<T>.";

    private static bool IsInput(Type type) => type.IsAssignableTo(typeof(IBoundInput)) || type == typeof(Caller);

    private static bool IsOfApi(string? pattern) => new PathString('/' + pattern?.TrimStart('/')).StartsWithSegments("/api");
}
