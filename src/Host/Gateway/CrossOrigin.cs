using Microsoft.AspNetCore.Cors.Infrastructure;
using Tokens.Host.Roles;
using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway;

/// <summary>CORS for the API and the gateway's own answers; the legacy application and the front end have rules of their own.</summary>
internal static class CrossOrigin
{
    private const string Policy = "frontends";

    internal static IServiceCollection AddCrossOrigin(this IServiceCollection services, HostSettings settings) =>
        services.AddCors(options => options.AddPolicy(Policy, From(settings.FrontendOrigins)));

    internal static IApplicationBuilder UseCrossOrigin(this IApplicationBuilder app, HostSettings settings) =>
        settings.FrontendOrigins.Count == 0 ? app : app.UseWhen(IsOurs, ours => ours.UseCors(Policy));

    private static bool IsOurs(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Cluster?.ClusterId is null or Clusters.Api;

    private static CorsPolicy From(IReadOnlyList<string> origins) => new CorsPolicyBuilder()
        .WithOrigins([.. origins.Select(Origin)])
        .AllowCredentials()
        .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "X-CSRF-Token", "X-Request-ID", "traceparent")
        .WithExposedHeaders("Retry-After", "RateLimit", "RateLimit-Policy", "Idempotent-Replayed", "X-Request-ID")
        .SetPreflightMaxAge(TimeSpan.FromDays(1))
        .Build();

    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new SettingsException($"FRONTEND_URL: '{text}' is not an origin; write scheme, host and port, such as https://app.example.com.");
}
