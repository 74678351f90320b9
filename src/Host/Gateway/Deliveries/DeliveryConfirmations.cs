using Microsoft.Extensions.Options;
using Tokens.Platform.Deliveries;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway.Deliveries;

/// <summary>Sends receipts back to the API hosts, any of which takes any receipt.</summary>
internal sealed partial class DeliveryConfirmations(
    IProxyStateLookup proxy, IOptions<GatewayOptions> options, TimeProvider time, ILogger<DeliveryConfirmations> logger)
{
    private const int DoublingsMax = 10;

    /// <summary>Sends the receipt until a host has taken it; false when none did in all attempts.</summary>
    internal async Task<bool> SendAsync(Guid receipt)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrySendAsync(receipt, attempt);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                if (attempt == options.Value.ConfirmationAttempts)
                {
                    LogGivenUp(logger, fault, receipt, attempt);
                    return false;
                }
            }

            await Task.Delay(options.Value.ConfirmationPause * Math.Pow(2, Math.Min(attempt, DoublingsMax) - 1), time);
        }
    }

    private async Task<bool> TrySendAsync(Guid receipt, int attempt)
    {
        if (!proxy.TryGetCluster(Clusters.Api, out var cluster))
        {
            throw new InvalidOperationException("There is no cluster of API hosts.");
        }

        // Not on behalf of the request whose answer it was.
        Attempt.Begin(holdsBackGatewayErrors: false);
        using var inTime = new CancellationTokenSource(options.Value.ConfirmationTimeout, time);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, DestinationOf(cluster, attempt).TrimEnd('/') + $"{DeliveryProtocol.Path}/{receipt}");
        using var response = await cluster.Model.HttpClient.SendAsync(request, inTime.Token);
        if ((int)response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            throw new HttpRequestException($"The host answered {(int)response.StatusCode}.");
        }

        if (!response.IsSuccessStatusCode)
        {
            LogRefused(logger, receipt, (int)response.StatusCode);
        }

        return response.IsSuccessStatusCode;
    }

    // The next attempt goes to the next host.
    private static string DestinationOf(ClusterState cluster, int attempt)
    {
        var available = cluster.DestinationsState.AvailableDestinations;
        var hosts = available.Count > 0 ? available : cluster.DestinationsState.AllDestinations;
        return hosts[(attempt - 1) % hosts.Count].Model.Config.Address;
    }

    [LoggerMessage(LogIds.DeliveryConfirmationsGivenUp, LogLevel.Warning, "Receipt {Receipt} reached no API host in {Attempts} attempts; its answer counts as not delivered")]
    private static partial void LogGivenUp(ILogger logger, Exception fault, Guid receipt, int attempts);

    [LoggerMessage(LogIds.DeliveryConfirmationsRefused, LogLevel.Warning, "An API host refused receipt {Receipt} with {Status}; its answer counts as not delivered. TRUSTED_GATEWAYS must name this gateway")]
    private static partial void LogRefused(ILogger logger, Guid receipt, int status);
}
