using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Tokens.Host.Gateway;

/// <summary>Makes the client of each cluster, with the gateway's times and connections that know whose request they carry.</summary>
internal sealed class HttpClients(IOptions<GatewayOptions> options, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    /// <inheritdoc />
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        handler.PooledConnectionLifetime = options.Value.ConnectionLifetime;
        handler.PlaintextStreamFilter = (opened, _) => ValueTask.FromResult<Stream>(new Connection(opened.PlaintextStream));
    }

    /// <inheritdoc />
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        base.WrapHandler(context, new WholeRequests(handler));
}
