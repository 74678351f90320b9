using Tokens.Host.Roles;
using Tokens.Platform.Deliveries;

namespace Tokens.Host.Api;

/// <summary>
/// Marks requests that come from a trusted gateway. It stands before forwarded headers are read, since the connection's own address
/// counts here and not the client's.
/// </summary>
internal sealed class GatewayPeers(RequestDelegate next, ForwardedHeadersOptions gateways)
{
    private const string Offered = "1";

    public Task InvokeAsync(HttpContext context)
    {
        if (TrustedNetworks.Cover(gateways, context.Connection.RemoteIpAddress))
        {
            context.Features.Set(new GatewayPeer(context.Request.Headers[DeliveryProtocol.OfferHeader] == Offered));
        }

        return next(context);
    }
}
