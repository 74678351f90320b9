using System.Net.Sockets;
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
        handler.ConnectCallback = ConnectAsync;
        handler.PlaintextStreamFilter = (opened, _) => ValueTask.FromResult<Stream>(new Connection(opened.PlaintextStream));
    }

    // As the handler does it by itself, but for the buffer: the kernel would hold megabytes of an answer whose client reads slowly.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = options.Value.SocketBufferBytes };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        base.WrapHandler(context, new WholeRequests(handler));
}
