using Microsoft.Extensions.DependencyInjection.Extensions;
using Tokens.Host.Ops.Signals;

namespace Tokens.Host.Ops;

/// <summary>Registers what the listener for operations needs, on whichever application serves it.</summary>
internal static class OpsRegistration
{
    internal static void AddOps(this WebApplicationBuilder builder, OpsSources sources)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<OpsOptions>().BindConfiguration("Ops").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(sources).AddSingleton(sources.Exporter);
        builder.Services.AddSingleton<OpsClient>();
        builder.Services.AddSingleton<OpsData>();
        builder.Services.AddSingleton<SignalHistory>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SignalHistory>());
    }
}
