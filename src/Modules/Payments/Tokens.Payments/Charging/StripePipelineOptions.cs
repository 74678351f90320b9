using Tokens.Platform.Resilience;

namespace Tokens.Payments.Charging;

/// <summary>
/// Section <c>Resilience:Stripe</c>: three repeats from 1 s, 4 s an attempt, 8 s in all; the breaker is open for 5 s when 80 % of at
/// least 20 calls in 10 s found Stripe away.
/// </summary>
internal sealed class StripePipelineOptions : PipelineOptions;
