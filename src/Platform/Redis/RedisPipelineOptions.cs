using System.ComponentModel.DataAnnotations;
using Tokens.Platform.Resilience;

namespace Tokens.Platform.Redis;

/// <summary>Section <c>Resilience:Redis</c>. Nobody waits for Redis: what it would say can be had elsewhere.</summary>
public sealed class RedisPipelineOptions : PipelineOptions
{
    private const int OpenMillisecondsMax = 2_000;

    /// <summary>Defaults: one repeat after 5 ms of what bears it, 50 ms an attempt, 100 ms in all; open for 1 s at half of 10 calls in 2 s.</summary>
    public RedisPipelineOptions()
    {
        (RetriesMax, RetryDelayMilliseconds) = (1, 5);
        (AttemptTimeoutMilliseconds, TotalTimeoutMilliseconds) = (50, 100);
        (BreakerFailurePercent, BreakerCallsMin, BreakerSamplingMilliseconds, BreakerOpenMilliseconds) = (50, 10, 2_000, 1_000);
    }

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        BreakerOpenMilliseconds <= OpenMillisecondsMax
            ? base.Validate(validationContext)
            : [new ValidationResult($"The breaker may stay open for {OpenMillisecondsMax} ms at most.", [nameof(BreakerOpenMilliseconds)])];
}
