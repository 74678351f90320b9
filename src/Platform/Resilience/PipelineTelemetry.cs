using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Polly.Retry;
using Polly.Telemetry;

namespace Tokens.Platform.Resilience;

/// <summary>
/// Turns what the pipelines do into the meter <c>Polly</c>, under the names that Polly's own extensions use, so that public dashboards
/// work, and retries, timeouts and turns of a breaker into a log line each.
/// </summary>
public sealed partial class PipelineTelemetry : TelemetryListener
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Polly";

    private static readonly InstrumentAdvice<double> Milliseconds = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000],
    };

    private readonly ILogger<PipelineTelemetry> _logger;
    private readonly Counter<int> _events;
    private readonly Histogram<double> _attempts;
    private readonly Histogram<double> _calls;

    /// <summary>Makes the instruments.</summary>
    public PipelineTelemetry(IMeterFactory meters, ILogger<PipelineTelemetry> logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _logger = logger;
        var meter = meters.Create(MeterName);
        _events = meter.CreateCounter<int>(
            "resilience.polly.strategy.events", unit: null, "Retries, timeouts, turns of a breaker.");
        _attempts = meter.CreateHistogram(
            "resilience.polly.strategy.attempt.duration", "ms", "How long single attempts took.", tags: null, Milliseconds);
        _calls = meter.CreateHistogram(
            "resilience.polly.pipeline.duration", "ms", "How long calls took, with all their attempts.", tags: null, Milliseconds);
    }

    /// <inheritdoc />
    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        var fault = args.Outcome?.Exception;
        switch (args.Arguments)
        {
            case PipelineExecutedArguments executed when _calls.Enabled:
                _calls.Record(executed.Duration.TotalMilliseconds, Tags(args.Source, args.Event, args.Context.OperationKey, fault));
                return;
            case ExecutionAttemptArguments attempt when _attempts.Enabled:
                var tags = Tags(args.Source, args.Event, args.Context.OperationKey, fault);
                tags.Add("attempt.number", attempt.AttemptNumber);
                tags.Add("attempt.handled", attempt.Handled);
                _attempts.Record(attempt.Duration.TotalMilliseconds, tags);
                return;
            case PipelineExecutedArguments or ExecutionAttemptArguments or PipelineExecutingArguments:
                return;
        }

        _events.Add(1, Tags(args.Source, args.Event, args.Context.OperationKey, fault));
        int? attemptNumber = args.Arguments is OnRetryArguments<TResult> retry ? retry.AttemptNumber : null;
        Log(args.Source, args.Event, args.Context.OperationKey, fault?.GetType().Name, attemptNumber);
    }

    private static TagList Tags(ResilienceTelemetrySource source, ResilienceEvent happened, string? operation, Exception? fault) => new()
    {
        { "event.name", happened.EventName },
        { "event.severity", happened.Severity.ToString() },
        { "pipeline.name", source.PipelineName },
        { "strategy.name", source.StrategyName },
        { "operation.key", operation },
        { "exception.type", fault?.GetType().FullName },
    };

    // The fault's type, not its text: a neighbour's words may quote what was sent to it. The request is named by the line's scope.
    private void Log(ResilienceTelemetrySource source, ResilienceEvent happened, string? operation, string? fault, int? attempt)
    {
        var level = happened.Severity switch
        {
            >= ResilienceEventSeverity.Warning => LogLevel.Warning,
            ResilienceEventSeverity.Information => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        LogEvent(_logger, level, source.PipelineName, happened.EventName, operation, attempt, fault);
    }

    [LoggerMessage(EventId = LogIds.PipelineTelemetryEvent, Message = "Pipeline {Pipeline}: {Event}, {Operation}, attempt {Attempt}, {Fault}")]
    private static partial void LogEvent(
        ILogger logger, LogLevel level, string? pipeline, string @event, string? operation, int? attempt, string? fault);
}
