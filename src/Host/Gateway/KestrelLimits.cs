using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Tokens.Host.Gateway.Deliveries;
using Tokens.Host.Roles;

namespace Tokens.Host.Gateway;

/// <summary>The limits that the web server itself applies to the gateway's connections.</summary>
internal static class KestrelLimits
{
    private const int StreamsOfAWindow = 8;

    internal static void Apply(KestrelServerOptions kestrel, IOptions<GatewayOptions> gateway)
    {
        var options = gateway.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
        kestrel.Limits.MaxConcurrentUpgradedConnections = options.ConnectionsMax;
        kestrel.Limits.MaxRequestLineSize = options.RequestLineBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.RequestHeaderBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = options.RequestHeadersMax;
        kestrel.Limits.RequestHeadersTimeout = options.RequestHeadersTimeout;
        kestrel.Limits.MaxRequestBodySize = options.StreamedBodyBytesMax;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.BodyBytesPerSecondMin, options.BodyPaceGrace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(options.AnswerBytesPerSecondMin, options.AnswerPaceGrace);
        kestrel.Limits.MaxResponseBufferSize = options.AnswerBufferBytes;

        // A client may send its next requests before it reads an answer; by default the server would read a megabyte of them ahead.
        kestrel.Limits.MaxRequestBufferSize =
            Math.Max(options.ConnectionInputBytesMax, Math.Max(options.RequestLineBytesMax, options.RequestHeaderBytesMax));
        // Several streams share a connection, and one that is read slowly must not take the room of the others.
        kestrel.Limits.Http2.InitialConnectionWindowSize = options.ConnectionInputBytesMax * StreamsOfAWindow;
        kestrel.Limits.Http2.InitialStreamWindowSize = options.ConnectionInputBytesMax;

        // A destination's headers arrive as bytes read as Latin-1: written likewise they leave as they came.
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
    }

    /// <summary>Limits the connections of one address, and follows those that are admitted.</summary>
    internal static void ApplyToConnections(
        KestrelServerOptions kestrel, HostSettings settings, ForwardedHeadersOptions trusted, GatewayOptions options, Overload overload)
    {
        var limit = settings.LimitsAreOn ? new ConnectionLimit(options.AddressConnectionsMax, trusted, overload) : null;
        // In one call, since a second one would take the place of the first.
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (limit is not null)
            {
                listen.Use(limit.Before);
            }

            ClientConnection.Follow(listen);
        });
    }
}
