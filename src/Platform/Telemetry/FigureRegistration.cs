using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Tokens.Platform.Telemetry;

/// <summary>Registers what reads a module's figures.</summary>
public static class FigureRegistration
{
    /// <summary>Has the host read them while it runs.</summary>
    public static IServiceCollection AddFigures<TReader>(this IServiceCollection services)
        where TReader : class, IFigureReader
    {
        services.AddOptions<FigureOptions>().BindConfiguration("Figures").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IFigureReader, TReader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FigurePolling>());
        return services;
    }
}
