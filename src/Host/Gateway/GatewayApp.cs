using Tokens.Host.Roles;

namespace Tokens.Host.Gateway;

/// <summary>The front door: one web application that forwards and owns no data.</summary>
internal static class GatewayApp
{
    /// <summary>Builds the gateway; <paramref name="apiDestinations"/> are the addresses of the API hosts.</summary>
    internal static WebApplication Build(
        WebApplicationBuilder builder, HostSettings settings, DrainSignal drain, IReadOnlyList<string> apiDestinations)
    {
        builder.WebHost.UseUrls([.. settings.GatewayUrls]);
        builder.Services.AddSingleton(settings).AddSingleton(drain);
        var app = builder.Build();
        _ = apiDestinations;
        return app;
    }
}
