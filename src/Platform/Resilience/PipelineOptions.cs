using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Resilience;

/// <summary>Section <c>Resilience:{pipeline}</c>: how one neighbour is called. Each pipeline has defaults of its own.</summary>
public abstract class PipelineOptions : IValidatableObject
{
    /// <summary>Times that a call is repeated, 0 to 10.</summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 3;

    /// <summary>Milliseconds before the first repeat, 1 to 10,000; each further one waits twice as long, with jitter.</summary>
    [Range(1, 10_000)]
    public int RetryDelayMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds until one attempt is given up, 5 to 60,000.</summary>
    [Range(5, 60_000)]
    public int AttemptTimeoutMilliseconds { get; set; } = 4_000;

    /// <summary>Milliseconds until the call is given up with all its repeats, 5 to 120,000.</summary>
    [Range(5, 120_000)]
    public int TotalTimeoutMilliseconds { get; set; } = 8_000;

    /// <summary>Per cent of failed calls at which the breaker opens, 1 to 100.</summary>
    [Range(1, 100)]
    public int BreakerFailurePercent { get; set; } = 80;

    /// <summary>Calls within the sampling time below which it never opens, 2 to 10,000.</summary>
    [Range(2, 10_000)]
    public int BreakerCallsMin { get; set; } = 20;

    /// <summary>Milliseconds over which calls are counted, 500 to 60,000.</summary>
    [Range(500, 60_000)]
    public int BreakerSamplingMilliseconds { get; set; } = 10_000;

    /// <summary>Milliseconds for which an open breaker refuses calls before it lets one try, 500 to 60,000.</summary>
    [Range(500, 60_000)]
    public int BreakerOpenMilliseconds { get; set; } = 5_000;

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttemptTimeoutMilliseconds > TotalTimeoutMilliseconds)
        {
            yield return new ValidationResult(
                "AttemptTimeoutMilliseconds must not be more than TotalTimeoutMilliseconds.", [nameof(AttemptTimeoutMilliseconds)]);
        }
    }
}
