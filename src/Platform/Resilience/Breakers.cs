using System.Collections.Concurrent;
using Polly.CircuitBreaker;

namespace Tokens.Platform.Resilience;

/// <summary>The breakers of all pipelines that were built.</summary>
public sealed class Breakers
{
    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> _providers = new(StringComparer.Ordinal);

    /// <summary>Returns how they stand now, by name.</summary>
    public IReadOnlyList<Breaker> Read() =>
        [.. _providers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Breaker.Of(pair.Key, pair.Value))];

    internal CircuitBreakerStateProvider Add(string pipeline) => _providers[pipeline] = new CircuitBreakerStateProvider();
}
