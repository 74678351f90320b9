using System.Diagnostics.Metrics;
using Yarp.ReverseProxy;

namespace Tokens.Host.Gateway;

/// <summary>The meter <c>Tokens.Gateway</c>.</summary>
internal sealed class GatewayMetrics
{
    internal const string MeterName = "Tokens.Gateway";

    private readonly Counter<long> _retries;

    public GatewayMetrics(IMeterFactory meters, IProxyStateLookup proxy)
    {
        var meter = meters.Create(MeterName);
        _retries = meter.CreateCounter<long>("tokens.gateway.retries", "{request}", "Requests that got another attempt, by what became of the first.");
        meter.CreateObservableGauge(
            "tokens.gateway.destination.health", () => Health(proxy), unit: null, "1 while the destination is well, 0 while its health checks fail.");
    }

    internal void CountRetry(string failure) => _retries.Add(1, new KeyValuePair<string, object?>("failure", failure));

    private static IEnumerable<Measurement<int>> Health(IProxyStateLookup proxy) =>
        from cluster in proxy.GetClusters()
        from destination in cluster.DestinationsState.AllDestinations
        select new Measurement<int>(
            WellBeing.Covers(destination) ? 1 : 0,
            new KeyValuePair<string, object?>("cluster", cluster.ClusterId),
            new KeyValuePair<string, object?>("destination", destination.DestinationId));
}
