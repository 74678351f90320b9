using Microsoft.Extensions.Logging;
using Polly.Retry;
using Polly.Telemetry;

namespace Tokens.Platform.Resilience;

/// <summary>Logs retries, timeouts and turns of a breaker, a line each. The request is named by the line's scope.</summary>
internal sealed partial class PipelineLog(ILogger<PipelineLog> logger) : TelemetryListener
{
    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (args.Arguments is PipelineExecutingArguments or PipelineExecutedArguments or ExecutionAttemptArguments)
        {
            return;
        }

        var level = args.Event.Severity switch
        {
            >= ResilienceEventSeverity.Warning => LogLevel.Warning,
            ResilienceEventSeverity.Information => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        var fault = args.Outcome?.Exception?.GetType().Name;
        int? attempt = args.Arguments is OnRetryArguments<TResult> retry ? retry.AttemptNumber : null;
        LogEvent(logger, level, args.Source.PipelineName, args.Event.EventName, args.Context.OperationKey, attempt, fault);
    }

    [LoggerMessage(EventId = LogIds.PipelineEvent, Message = "Pipeline {Pipeline}: {Event}, {Operation}, attempt {Attempt}, {Fault}")]
    private static partial void LogEvent(
        ILogger logger, LogLevel level, string? pipeline, string @event, string? operation, int? attempt, string? fault);
}
