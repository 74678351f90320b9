using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway;

/// <summary>Finds the class of a request to the API by its route, which is a path and, for the exceptions, a method.</summary>
internal sealed class TrafficClasses(IOptions<GatewayOptions> options)
{
    private readonly TrafficClass _requests = new(
        "gateway.requests",
        options.Value.RequestsMax,
        options.Value.BufferedBodyBytesMax,
        new ByteBudget(options.Value.BufferedBytesMax));

    private readonly TrafficClass _directory = new(
        "gateway.directory",
        options.Value.DirectoryUpdatesMax,
        options.Value.DirectoryBodyBytesMax,
        new ByteBudget(options.Value.DirectoryBytesMax));

    // Anybody may read them, and they are large.
    private readonly TrafficClass _documents = new("gateway.documents", options.Value.DocumentsMax, bodyBytesMax: 0, new ByteBudget(0));

    // Stripe sends from few addresses.
    private readonly TrafficClass _webhooks = new(
        "gateway.webhooks",
        options.Value.WebhooksMax,
        options.Value.WebhookBodyBytesMax,
        new ByteBudget(options.Value.WebhookBytesMax))
    {
        IsExemptFromAddressLimit = true,
    };

    // A stream is one request for hours, and after a restart all clients open theirs again at once.
    private readonly TrafficClass _streams = new("gateway.streams", options.Value.StreamsMax, bodyBytesMax: 0, new ByteBudget(0))
    {
        IsExemptFromAddressLimit = true,
        HasEndlessAnswers = true,
    };

    internal TrafficClass Of(HttpContext context) => Of(context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.RouteId);

    internal TrafficClass Of(string? routeId) => routeId switch
    {
        Routes.Webhooks => _webhooks,
        Routes.Streams => _streams,
        Routes.Directory => _directory,
        Routes.Documents or Routes.Document => _documents,
        _ => _requests,
    };
}
