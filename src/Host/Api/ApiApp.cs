using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tokens.Host.Roles;
using Tokens.Platform.Inputs;
using Tokens.Platform.Redis;
using Tokens.Platform.Secrets;

namespace Tokens.Host.Api;

/// <summary>The API: every module in one pipeline.</summary>
internal static class ApiApp
{
    private const int BodyBytesMax = 32 * 1024;

    internal static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, DrainSignal drain)
    {
        builder.WebHost.UseUrls([.. settings.ApiUrls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;

            // Twice what a gateway takes, which adds headers of its own: it is the one that refuses, with a document.
            kestrel.Limits.MaxRequestLineSize *= 2;
            kestrel.Limits.MaxRequestHeadersTotalSize *= 2;
            kestrel.Limits.MaxRequestHeaderCount *= 2;
        });
        builder.Services.AddSingleton(settings).AddSingleton(drain);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddPlatformStorage();
        builder.AddRedis();
        builder.AddSignIn();
        builder.Services.AddApiDocument(settings);
        // Bodies are JSON and never part of a page, so quotes and emoji need no escapes.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        foreach (var module in Modules.All)
        {
            module.AddServices(builder);
        }

        var app = builder.Build();
        UsePipeline(app, settings);
        MapRoutes(app, settings);
        return app;
    }

    // The order is the meaning: what fails below is told by what stands above.
    private static void UsePipeline(WebApplication app, HostSettings settings)
    {
        app.UseForwardedHeaders(TrustedNetworks.Read("TRUSTED_GATEWAYS", settings.TrustedGateways));
        app.UseProblemDocuments();
        app.UseApiPage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<SignInNotice>();
        app.UseAuthorization();
    }

    private static void MapRoutes(WebApplication app, HostSettings settings)
    {
        ApiHealth.Map(app);
        app.MapApiDocument();
        DevToken.Map(app, settings);
        DevNoop.Map(app, settings);
        foreach (var module in Modules.All)
        {
            var routes = app.MapGroup("").RequireAuthorization().WithMetadata(new ModuleName(module.Name));
            routes.AddEndpointFilter<RefuseBadInput>();
            module.MapEndpoints(routes);
        }
    }
}
