using System.Globalization;
using System.Net;
using Tokens.Host.Roles;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Tokens.Host.Gateway;

/// <summary>The hosts behind the gateway: those of the API, and the two applications beside it.</summary>
internal static class Clusters
{
    internal const string Api = "api";
    internal const string Legacy = "legacy";
    internal const string Frontend = "frontend";

    /// <summary>Builds the clusters that <paramref name="settings"/> name.</summary>
    /// <exception cref="SettingsException">An address isn't an http(s) URL, or there is no API host at all.</exception>
    internal static IReadOnlyList<ClusterConfig> From(HostSettings settings, IReadOnlyList<string> apiDestinations, GatewayOptions options)
    {
        if (apiDestinations.Count == 0)
        {
            throw new SettingsException("GATEWAY_DESTINATIONS: name at least one API host, or play the role 'api' in this process.");
        }

        List<ClusterConfig> clusters = [ApiCluster(apiDestinations, options)];
        if (settings.LegacyApiUrl is { } legacy)
        {
            clusters.Add(Streamed(Legacy, "LEGACY_API_URL", legacy, options));
        }

        if (settings.FrontendUpstream is { } frontend)
        {
            clusters.Add(Streamed(Frontend, "FRONTEND_UPSTREAM", frontend, options));
        }

        return clusters;
    }

    private static ClusterConfig ApiCluster(IReadOnlyList<string> destinations, GatewayOptions options) => new()
    {
        ClusterId = Api,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = destinations.Index().ToDictionary(
            entry => $"{Api}-{entry.Index + 1}",
            entry => new DestinationConfig { Address = HttpUrl("GATEWAY_DESTINATIONS", entry.Item) }),
        HttpClient = Utf8Headers,
        HttpRequest = Http11(options),
        HealthCheck = new HealthCheckConfig
        {
            // A host may have come back since its last check: with none known to be well, a request deserves a real
            // attempt at one of them, and costs no more than a refused connection.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.HealthInterval,
                Timeout = options.HealthTimeout,
                Path = "/health/ready",
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            },
        },
        Metadata = new Dictionary<string, string>
        {
            [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = options.HealthFailures.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static ClusterConfig Streamed(string id, string variable, string url, GatewayOptions options) => new()
    {
        ClusterId = id,
        Destinations = new Dictionary<string, DestinationConfig> { [id] = new() { Address = HttpUrl(variable, url) } },
        HttpClient = Utf8Headers,
        HttpRequest = Http11(options),
    };

    // HTTP/2 sends from a loop of its own, where an attempt could not be followed to its socket.
    private static ForwarderRequestConfig Http11(GatewayOptions options) => new()
    {
        ActivityTimeout = options.ActivityTimeout,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    // Without this a header with an umlaut in it is answered with 502.
    private static HttpClientConfig Utf8Headers => new() { RequestHeaderEncoding = "utf-8" };

    private static string HttpUrl(string variable, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length == 0
        && url.Fragment.Length == 0
            ? url.AbsoluteUri
            : throw new SettingsException($"{variable}: '{text}' is not an http:// or https:// URL.");
}
