using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Tokens.Platform.Resilience;

/// <summary>Builds the named pipelines, all in one shape: breaker, total timeout, retry, attempt timeout, from the outside in.</summary>
/// <param name="telemetry">Counts and logs what every pipeline does.</param>
/// <param name="time">Times all waiting.</param>
public sealed class Pipelines(PipelineTelemetry telemetry, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> _breakers = new(StringComparer.Ordinal);

    /// <summary>The breakers of all pipelines that were built, by name; of two by one name the newer.</summary>
    public IReadOnlyList<Breaker> Breakers =>
        [.. _breakers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Breaker.Of(pair.Key, pair.Value))];

    /// <summary>
    /// Builds a pipeline. Its breaker counts calls and not attempts; a call that its caller gives up counts for nothing.
    /// </summary>
    /// <param name="name">Name in metrics and logs, in lower case.</param>
    /// <param name="options">Bounds, already validated.</param>
    /// <param name="faults">What the neighbour's faults mean.</param>
    /// <exception cref="ExecutionRejectedException">
    /// Thrown by the pipeline, not here: <c>TimeoutRejectedException</c> for a call out of time, <c>BrokenCircuitException</c> at
    /// once while the breaker is open.
    /// </exception>
    public ResiliencePipeline Build(string name, PipelineOptions options, PipelineFaults faults)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        var breaker = _breakers[name] = new CircuitBreakerStateProvider();
        var builder = new ResiliencePipelineBuilder { Name = name, TimeProvider = time, TelemetryListener = telemetry }
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

        return builder.AddTimeout(TimeSpan.FromMilliseconds(options.AttemptTimeoutMilliseconds)).Build();
    }
}
