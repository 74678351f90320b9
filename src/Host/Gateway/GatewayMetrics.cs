using System.Diagnostics.Metrics;
using Yarp.ReverseProxy;

namespace Tokens.Host.Gateway;

/// <summary>The meter <c>Tokens.Gateway</c>.</summary>
internal sealed class GatewayMetrics
{
    internal const string MeterName = "Tokens.Gateway";

    private readonly Counter<long> _retries;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _limited;

    public GatewayMetrics(IMeterFactory meters, IProxyStateLookup proxy)
    {
        var meter = meters.Create(MeterName);
        _retries = meter.CreateCounter<long>("tokens.gateway.retries", "{request}", "Requests that got another attempt, by what became of the first.");
        _deliveries = meter.CreateCounter<long>(
            "tokens.gateway.deliveries", "{answer}", "Answers whose delivery an API host wants confirmed, by what became of them.");
        _limited = meter.CreateCounter<long>(
            "tokens.gateway.limited_requests", "{request}", "Requests that a limit of the gateway has counted, by policy and result.");
        meter.CreateObservableGauge(
            "tokens.gateway.destination.health", () => Health(proxy), unit: null, "1 while the destination is well, 0 while its health checks fail.");
    }

    internal void CountRetry(string failure) => _retries.Add(1, new KeyValuePair<string, object?>("failure", failure));

    /// <param name="result"><c>confirmed</c>, <c>unconfirmed</c> (taken, but no host took the receipt), <c>lost</c> or <c>unfollowed</c>.</param>
    internal void CountDelivery(string result) => _deliveries.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <param name="policy">The limit's name.</param>
    /// <param name="isAllowed">Whether the request may pass: <c>result</c> is <c>allowed</c> or <c>refused</c>.</param>
    internal void CountLimited(string policy, bool isAllowed) => _limited.Add(
        1,
        new KeyValuePair<string, object?>("policy", policy),
        new KeyValuePair<string, object?>("result", isAllowed ? "allowed" : "refused"));

    private static IEnumerable<Measurement<int>> Health(IProxyStateLookup proxy) =>
        from cluster in proxy.GetClusters()
        from destination in cluster.DestinationsState.AllDestinations
        select new Measurement<int>(
            WellBeing.Covers(destination) ? 1 : 0,
            new KeyValuePair<string, object?>("cluster", cluster.ClusterId),
            new KeyValuePair<string, object?>("destination", destination.DestinationId));
}
