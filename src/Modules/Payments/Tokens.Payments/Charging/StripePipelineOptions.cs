using System.ComponentModel.DataAnnotations;
using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>Section <c>Resilience:Stripe</c>, for both of Stripe's pipelines.</summary>
internal sealed class StripePipelineOptions : PipelineOptions
{
    /// <summary>
    /// Defaults: three repeats from 1 s, 4 s an attempt, 6 s in all (less than a purchase waits, so that a silent Stripe is noticed); the
    /// breaker is open for 5 s when 80 % of at least 20 calls in 10 s found Stripe away.
    /// </summary>
    public StripePipelineOptions() => TotalTimeoutMilliseconds = 6_000;

    /// <summary>Calls a second that a host makes to Stripe beside purchases, 1 to 1,000; Stripe allows an account about 100 in all.</summary>
    [Range(1, 1_000)]
    public int BackgroundCallsPerSecond { get; set; } = 50;

    /// <summary>Such calls that may wait for their turn; a further one fails at once. 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int BackgroundCallsWaitingMax { get; set; } = 1_000;
}
