using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>Section <c>Resilience:Stripe</c>.</summary>
internal sealed class StripePipelineOptions : PipelineOptions
{
    /// <summary>
    /// Defaults: three repeats from 1 s, 4 s an attempt, 6 s in all (less than a purchase waits, so that a silent Stripe is noticed); the
    /// breaker is open for 5 s when 80 % of at least 20 calls in 10 s found Stripe away.
    /// </summary>
    public StripePipelineOptions() => TotalTimeoutMilliseconds = 6_000;
}
