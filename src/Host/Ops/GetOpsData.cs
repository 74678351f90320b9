using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tokens.Host.Gateway;
using Tokens.Host.Ops.Signals;
using Tokens.Platform.Operations;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage;
using Tokens.Platform.Switches;
using Tokens.Platform.Time;
using Yarp.ReverseProxy;

namespace Tokens.Host.Ops;

/// <summary>GET /ops/data: all that the page shows.</summary>
internal static class GetOpsData
{
    internal sealed record Response(
        DateTime Timestamp,
        string Host,
        int SampleSeconds,
        IReadOnlyList<SignalValues> Signals,
        IReadOnlyList<Dependency> Dependencies,
        IReadOnlyList<Breaker> Breakers,
        IReadOnlyList<RouteView> Routes,
        IReadOnlyList<DestinationView> Destinations,
        IReadOnlyList<RecentMessage> Messages,
        IReadOnlyList<ParkedRow>? Parked,
        IReadOnlyList<SwitchView> Switches,
        IReadOnlyList<CheckView> Checks,
        bool HasSandbox);

    internal sealed record Dependency(string Name, string Status, string? Description);

    internal sealed record RouteView(string Route, string Path, string Cluster);

    internal sealed record DestinationView(string Cluster, string Destination, string Address, string Active, string Passive, bool IsWell);

    internal sealed record SwitchView(string Name, string Sentence, bool IsOn, bool IsFixed, DateTime? OffSince);

    internal sealed record CheckView(string Name, string Title);

    internal static async Task<IResult> Handle(OpsData data, CancellationToken cancellationToken) =>
        Results.Ok(await data.ReadAsync(cancellationToken));

    internal static async Task<Response> ReadAsync(
        OpsSources sources, SignalHistory history, OpsOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var (api, gateway) = (sources.Api, sources.Gateway);
        return new Response(
            time.UtcNow(),
            Environment.MachineName,
            options.SampleSeconds,
            history.Read(),
            api is null ? [] : await DependenciesAsync(api, cancellationToken),
            api?.GetService<Breakers>()?.Read() ?? [],
            gateway is null ? [] : RoutesOf(gateway.GetRequiredService<IProxyStateLookup>()),
            gateway is null ? [] : DestinationsOf(gateway.GetRequiredService<IProxyStateLookup>()),
            sources.Messages.Newest,
            api is null ? [] : await ParkedAsync(api, options.ParkedMax, cancellationToken),
            api is null ? [] : SwitchesOf(api.GetRequiredService<SwitchBoard>()),
            api is null ? [] : [.. api.GetServices<IOperationsCheck>().Select(check => new CheckView(check.Name, check.Title))],
            sources.Sandbox is not null);
    }

    private static async Task<IReadOnlyList<Dependency>> DependenciesAsync(IServiceProvider api, CancellationToken cancellationToken)
    {
        var report = await api.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);
        return [.. report.Entries.Select(entry => new Dependency(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))];
    }

    // Null when they can't be read: the page shows all else, and that they aren't known.
    private static async Task<IReadOnlyList<ParkedRow>?> ParkedAsync(IServiceProvider api, int max, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new List<ParkedRow>();
            foreach (var reader in api.GetServices<IParkedReader>())
            {
                rows.AddRange(await reader.ReadAsync(max, cancellationToken));
            }

            return rows;
        }
        catch (Exception fault) when (TransientFaults.IsDatabaseFault(fault) || TransientFaults.Covers(fault))
        {
            return null;
        }
    }

    private static List<SwitchView> SwitchesOf(SwitchBoard board) =>
    [
        .. board.States.Select(state => new SwitchView(state.Switch.Name, state.Switch.Sentence, state.IsOn, state.IsFixed, state.OffSince)),
    ];

    private static List<RouteView> RoutesOf(IProxyStateLookup proxy) =>
    [
        .. proxy.GetRoutes().Select(route => new RouteView(
            route.Config.RouteId, route.Config.Match.Path ?? "", route.Config.ClusterId ?? "")).OrderBy(route => route.Route, StringComparer.Ordinal),
    ];

    private static List<DestinationView> DestinationsOf(IProxyStateLookup proxy) =>
    [
        .. from cluster in proxy.GetClusters()
           from destination in cluster.DestinationsState.AllDestinations
           select new DestinationView(
               cluster.ClusterId,
               destination.DestinationId,
               destination.Model.Config.Address,
               destination.Health.Active.ToString(),
               destination.Health.Passive.ToString(),
               WellBeing.Covers(destination)),
    ];
}
