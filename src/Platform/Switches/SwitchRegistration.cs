using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.Platform.Secrets;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Switches;

/// <summary>Registers switches.</summary>
public static class SwitchRegistration
{
    /// <summary>Adds a module's switch.</summary>
    public static IServiceCollection AddSwitch(this IServiceCollection services, Switch one) => services.AddSingleton(one);

    /// <summary>Adds <see cref="SwitchBoard"/> and <see cref="Switch.Changes"/>; the host calls it once, before its modules.</summary>
    public static IServiceCollection AddSwitches(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SwitchOptions>().BindConfiguration("Switches").ValidateDataAnnotations().ValidateOnStart();
        services.AddSwitch(Switch.Changes);
        services.AddSingleton(provider => new SwitchBoard(
            provider.GetRequiredService<IModuleDb<PlatformDb>>(),
            provider.GetServices<Switch>(),
            provider.GetRequiredService<IOptions<SwitchOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SwitchMetrics>();
        services.AddHostedService(provider =>
        {
            _ = provider.GetRequiredService<SwitchMetrics>();
            return ActivatorUtilities.CreateInstance<SwitchPolling>(provider);
        });
        return services;
    }

    /// <summary>Refuses what is switched off; after authentication, so that only members are told, and before limits are counted.</summary>
    public static IApplicationBuilder UseSwitches(this IApplicationBuilder app) => app.UseMiddleware<SwitchGate>();
}
