using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokens.Platform.Resilience;

/// <summary>Registers what pipelines are built with.</summary>
public static class ResilienceRegistration
{
    /// <summary>Adds the options of a pipeline, from section <c>Resilience:{name}</c>, and <see cref="Pipelines"/>. Repeating it changes nothing.</summary>
    /// <typeparam name="TOptions">The pipeline's options, whose constructor sets its defaults.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The pipeline's name.</param>
    public static void AddPipeline<TOptions>(this IServiceCollection services, string name)
        where TOptions : PipelineOptions
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PipelineTelemetry>();
        services.TryAddSingleton<Pipelines>();
        services.AddOptions<TOptions>().BindConfiguration("Resilience:" + name).ValidateDataAnnotations().ValidateOnStart();
    }
}
