using System.ComponentModel.DataAnnotations;
using Tokens.Platform.Resilience;

namespace Tokens.Platform.Storage;

/// <summary>Section <c>Resilience:Database</c>.</summary>
public sealed class DatabasePipelineOptions : PipelineOptions
{
    private const int OpenMillisecondsMax = 2_000;

    /// <summary>
    /// Defaults: three repeats from 200 ms, 5 s an attempt, 8 s in all; the breaker is open for 1 s when 80 % of at least 20 calls in 5 s
    /// didn't reach the database.
    /// </summary>
    public DatabasePipelineOptions()
    {
        (RetriesMax, RetryDelayMilliseconds) = (3, 200);
        (AttemptTimeoutMilliseconds, TotalTimeoutMilliseconds) = (5_000, 8_000);
        (BreakerFailurePercent, BreakerCallsMin, BreakerSamplingMilliseconds, BreakerOpenMilliseconds) = (80, 20, 5_000, 1_000);
    }

    /// <summary>
    /// Between two attempts to find out whether a database that refused a write takes changes again, and between two replacements
    /// of sessions. Default 1 s, 100 ms to 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan WriteProbePause { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        BreakerOpenMilliseconds <= OpenMillisecondsMax
            ? base.Validate(validationContext)
            : [new ValidationResult($"The breaker may stay open for {OpenMillisecondsMax} ms at most.", [nameof(BreakerOpenMilliseconds)])];
}
