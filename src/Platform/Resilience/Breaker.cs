using Polly.CircuitBreaker;

namespace Tokens.Platform.Resilience;

/// <summary>A pipeline's breaker.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="State">How it stands now: <c>closed</c>, <c>open</c>, <c>half_open</c> or <c>isolated</c>.</param>
public sealed record Breaker(string Pipeline, string State)
{
    internal static Breaker Of(string pipeline, CircuitBreakerStateProvider provider) => new(pipeline, provider.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half_open",
        _ => "isolated",
    });
}
