using System.Diagnostics.Metrics;

namespace Tokens.Platform.RateLimits;

/// <summary>The meter <c>Tokens.RateLimits</c>; no tag says whose request it was.</summary>
public sealed class RateLimitMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Tokens.RateLimits";

    /// <summary>Counts requests by <c>policy</c> and <c>result</c>: <c>allowed</c>, <c>refused</c>, or <c>counted_alone</c> for one
    /// that a host allowed by itself because Redis was away.</summary>
    public const string RequestsName = "tokens.rate_limits.requests";

    private readonly Counter<long> _requests;

    /// <summary>Makes the meter.</summary>
    public RateLimitMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _requests = meters.Create(MeterName)
            .CreateCounter<long>(RequestsName, "{request}", "Requests that a limit has counted or refused, by policy and result.");
    }

    /// <summary>Counts a request.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="isAllowed">It may pass.</param>
    /// <param name="isAlone">This host counted without the others.</param>
    public void Count(string policy, bool isAllowed, bool isAlone = false) => _requests.Add(
        1,
        new KeyValuePair<string, object?>("policy", policy),
        new KeyValuePair<string, object?>("result", !isAllowed ? "refused" : isAlone ? "counted_alone" : "allowed"));
}
