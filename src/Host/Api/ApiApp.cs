using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokens.Host.Api.Documents;
using Tokens.Host.Api.Sessions;
using Tokens.Host.Ops;
using Tokens.Host.Roles;
using Tokens.Host.Telemetry;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Redis;
using Tokens.Platform.Secrets;
using Tokens.Platform.Switches;

namespace Tokens.Host.Api;

/// <summary>The API: every module in one pipeline.</summary>
internal static class ApiApp
{
    internal static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, DrainSignal drain, OpsSources ops)
    {
        builder.WebHost.UseUrls([.. settings.ApiUrls]);
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ApiOptions>>(Limit);
        builder.Services.AddOptions<SocketTransportOptions>().Configure<IOptions<ApiOptions>>(
            (sockets, options) => sockets.LimitSendBuffer(options.Value.SocketBufferBytes));
        builder.Services.AddSingleton(settings).AddSingleton(drain);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.AddProblemLog();
        builder.Services.AddIncomingTraceContext();
        builder.AddPlatformStorage();
        builder.AddRedis();
        builder.AddSignIn();
        builder.Services.AddRateLimits(settings.LimitsAreOn).AddRateLimitPolicies(HostLimits.All);
        builder.Services.AddSwitches();
        if (ServesOps(settings))
        {
            builder.AddOps(ops);
        }

        builder.Services.AddApiDescription(settings);
        builder.Services.AddDocuments();
        builder.Services.AddCompression();
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
        var gateways = TrustedNetworks.Read("TRUSTED_GATEWAYS", settings.TrustedGateways);
        app.UseArrivals();
        app.UseMiddleware<GatewayPeers>(gateways);
        app.UseForwardedHeaders(gateways);
        app.UseRequestSpans();
        app.UseProblemDocuments();
        app.UseRouting();
        app.UseMiddleware<WholeAnswers>(app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.WholeAnswerBytesMax);
        app.UseCompression();
        app.UseDevRoutesGuard();
        app.UseAuthentication();
        app.UseMiddleware<MemberScope>();
        app.UseMiddleware<CsrfGuard>();
        app.UseMiddleware<SignInNotice>();
        app.UseAuthorization();
        app.UseSwitches();
        app.UseRateLimits();
    }

    private static void Limit(KestrelServerOptions kestrel, IOptions<ApiOptions> api)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = api.Value.UnreadBodyBytesMax;
        kestrel.Limits.MaxRequestLineSize = api.Value.RequestLineBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = api.Value.RequestHeaderBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = api.Value.RequestHeadersMax;
    }

    private static bool ServesOps(HostSettings settings) => settings is { IsDevelopment: true, OpsUrls: null };

    private static void MapRoutes(WebApplication app, HostSettings settings)
    {
        ApiHealth.Map(app);
        if (ServesOps(settings))
        {
            OpsRoutes.Map(app);
        }

        DocumentRoutes.Map(app, settings);
        var bodyBytesMax = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.BodyBytesMax;
        var host = app.MapGroup("").WithMetadata(new RequestSizeLimitMetadata(bodyBytesMax));
        DevToken.Map(host, settings);
        DevNoop.Map(host, settings);
        SessionRoutes.Map(host);
        foreach (var module in Modules.All)
        {
            var routes = host.MapGroup("").RequireAuthorization().WithMetadata(new ModuleName(module.Name)).NeedsForChanges(Switch.Changes);
            routes.AddEndpointFilter<RefuseBadInput>();
            module.MapEndpoints(routes);
        }
    }
}
