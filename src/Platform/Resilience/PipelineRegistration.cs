using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Telemetry;

namespace Tokens.Platform.Resilience;

/// <summary>Registers resilience pipelines, all in one shape: breaker, total timeout, retry, attempt timeout, from the outside in.</summary>
public static class PipelineRegistration
{
    /// <summary>
    /// Registers a pipeline for <see cref="Polly.Registry.ResiliencePipelineProvider{TKey}"/>, under options from section
    /// <c>Resilience:{name}</c>. Repeating it changes nothing. The breaker counts calls and not attempts; a call that its caller gives
    /// up counts for nothing. The pipeline throws <c>TimeoutRejectedException</c> for a call out of time, and
    /// <c>BrokenCircuitException</c> at once while the breaker is open.
    /// </summary>
    /// <typeparam name="TOptions">The pipeline's options, whose constructor sets its defaults.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="name">Name in metrics and logs, in lower case.</param>
    /// <param name="faults">What faults of the calls mean.</param>
    public static void AddPipeline<TOptions>(this IServiceCollection services, string name, PipelineFaults faults)
        where TOptions : PipelineOptions
    {
        services.AddOptions<TOptions>().BindConfiguration("Resilience:" + name).ValidateDataAnnotations().ValidateOnStart();
        services.AddFurtherPipeline<TOptions>(name, faults);
    }

    /// <summary>Registers a pipeline under options that another one has registered.</summary>
    /// <inheritdoc cref="AddPipeline{TOptions}"/>
    public static void AddFurtherPipeline<TOptions>(this IServiceCollection services, string name, PipelineFaults faults)
        where TOptions : PipelineOptions
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(faults);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Breakers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<TelemetryOptions>, LogEvents>());
        services.AddResiliencePipeline(name, (builder, context) =>
        {
            builder.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            var breaker = context.ServiceProvider.GetRequiredService<Breakers>().Add(name);
            Describe(builder, context.ServiceProvider.GetRequiredService<IOptions<TOptions>>().Value, faults, breaker);
        });
    }

    private static void Describe(
        ResiliencePipelineBuilder builder, PipelineOptions options, PipelineFaults faults, CircuitBreakerStateProvider breaker)
    {
        builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.BreakerFailurePercent / 100d,
                MinimumThroughput = options.BreakerCallsMin,
                SamplingDuration = TimeSpan.FromMilliseconds(options.BreakerSamplingMilliseconds),
                BreakDuration = TimeSpan.FromMilliseconds(options.BreakerOpenMilliseconds),
                StateProvider = breaker,
                ShouldHandle = call => ValueTask.FromResult(call.Outcome.Exception is { } fault && faults.IsAway(fault)),
            })
            .AddTimeout(TimeSpan.FromMilliseconds(options.TotalTimeoutMilliseconds));
        if (options.RetriesMax > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.RetriesMax,
                Delay = TimeSpan.FromMilliseconds(options.RetryDelayMilliseconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } fault && faults.MayRepeat(fault, attempt.Context)),
            });
        }

        builder.AddTimeout(TimeSpan.FromMilliseconds(options.AttemptTimeoutMilliseconds));
    }

    // Polly's own log lines quote the exception's message, in which a server may repeat what was sent to it.
    private sealed class LogEvents(ILogger<PipelineLog> logger) : IPostConfigureOptions<TelemetryOptions>
    {
        public void PostConfigure(string? name, TelemetryOptions options)
        {
            options.LoggerFactory = NullLoggerFactory.Instance;
            options.TelemetryListeners.Add(new PipelineLog(logger));
        }
    }
}
