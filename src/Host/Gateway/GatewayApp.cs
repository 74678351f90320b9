using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokens.Host.Api;
using Tokens.Host.Gateway.Deliveries;
using Tokens.Host.Roles;
using Tokens.Host.Telemetry;
using Tokens.Platform.Problems;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Tokens.Host.Gateway;

/// <summary>The front door: one web application that forwards and owns no data.</summary>
internal static class GatewayApp
{
    /// <summary>Builds the gateway; <paramref name="apiDestinations"/> are the addresses of the API hosts.</summary>
    /// <exception cref="SettingsException">An address or a network in the environment can't be read.</exception>
    internal static WebApplication Build(
        WebApplicationBuilder builder, HostSettings settings, DrainSignal drain, IReadOnlyList<string> apiDestinations)
    {
        builder.WebHost.UseUrls([.. settings.GatewayUrls]);
        builder.Services.AddOptions<GatewayOptions>()
            .BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            .Validate(GatewayOptions.SharesHoldABody, GatewayOptions.SharesHoldNoBody);
        var trusted = TrustedNetworks.Read("TRUSTED_PROXIES", settings.TrustedProxies);
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<GatewayOptions>>(KestrelLimits.Apply)
            .Configure<IOptions<GatewayOptions>, Overload>(
                (kestrel, options, overload) => KestrelLimits.ApplyToConnections(kestrel, settings, trusted, options.Value, overload));
        builder.Services.AddOptions<SocketTransportOptions>().Configure<IOptions<GatewayOptions>>(
            (sockets, options) => sockets.LimitSendBuffer(options.Value.SocketBufferBytes));
        builder.Logging.AddProblemLog().AddPathFilters();
        builder.Services.AddIncomingTraceContext();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<Overload>().AddSingleton<TrafficClasses>().AddSingleton<LargeAnswers>();
        builder.Services.AddSingleton<DeliveryConfirmations>().AddSingleton<DeliveryWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DeliveryWatch>());
        builder.Services.AddSingleton(settings).AddSingleton(drain).AddCrossOrigin(settings);
        AddProxy(builder.Services, settings, apiDestinations);
        var app = builder.Build();

        app.UseArrivals();
        app.UseForwardedHeaders(trusted);
        app.UseMiddleware<ConfirmDeliveries>();
        app.Use((context, next) =>
        {
            if (drain.IsDraining)
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
        app.UseRequestSpans();
        app.UseMiddleware<SafetyHeaders>();
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>();
        app.UseProblemDocuments(status => GatewayProblems.From(status, options.Value));
        app.UsePathRewrites();
        app.UseRouting();
        app.UseCrossOrigin(settings);
        if (settings.LimitsAreOn)
        {
            // Inside CORS, so that a browser may read the refusal; a preflight is answered before it and takes no permit.
            app.UseMiddleware<LimitByAddress>();
        }

        app.UseMiddleware<DevelopmentPaths>();

        app.MapHealth();
        if (settings.FrontendUpstream is null && settings.IsDevelopment)
        {
            // The page of the API, which is served in Development by default, is the best that there is to show at the bare address.
            app.MapGet("/", () => Results.Redirect("/docs/index.html"));
        }

        if (settings.LegacyApiUrl is null)
        {
            // Before the front end's catch-all, which would answer an unknown API path with a page.
            app.Map(Routes.AllOfApi, () => Results.NotFound());
        }

        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<ProxyProblems>();
            proxy.Use((context, next) =>
            {
                Attempt.Begin(holdsBackGatewayErrors: false);
                return next(context);
            });
            proxy.UseWhen(
                context => context.GetReverseProxyFeature().Cluster.Config.ClusterId == Clusters.Api,
                api => api
                    .UseMiddleware<RefuseBadTarget>()
                    .UseMiddleware<RepeatedHeaders>()
                    .UseMiddleware<BufferedBody>()
                    .UseMiddleware<LoadShedding>()
                    .UseMiddleware<RetryOnce>());
            proxy.UseLoadBalancing();
        }).DisableHttpMetrics(); // The API measures the same requests, in the same process or its own.
        return app;
    }

    private static void AddProxy(IServiceCollection services, HostSettings settings, IReadOnlyList<string> apiDestinations)
    {
        services.AddSingleton<IProxyConfigProvider>(provider => new InMemoryConfigProvider(
            Routes.From(settings),
            Clusters.From(settings, apiDestinations, provider.GetRequiredService<IOptions<GatewayOptions>>().Value)));
        services.AddSingleton<IForwarderHttpClientFactory, HttpClients>();
        services.AddReverseProxy().AddTransforms(Transforms.Add);
    }
}
