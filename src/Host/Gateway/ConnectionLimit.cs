using System.Net;
using Microsoft.AspNetCore.Connections;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Gateway;

/// <summary>
/// Closes a connection of an address that has as many open as it may. The connections of trusted proxies are their clients', which other
/// limits count by request.
/// </summary>
internal sealed class ConnectionLimit(int connectionsMax, ForwardedHeadersOptions trusted, Overload overload)
{
    private const string Policy = "gateway.connections";

    private readonly AddressShares _open = new(connectionsMax);

    internal ConnectionDelegate Before(ConnectionDelegate next) => connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IsTrusted(address))
        {
            return next(connection);
        }

        var partition = RequestPartition.OfAddress(address);
        if (_open.TryTake(partition, 1))
        {
            return CountAsync(next, connection, partition);
        }

        overload.Refuse(Policy);
        connection.Abort(new ConnectionAbortedException("The address has too many connections open."));
        return Task.CompletedTask;
    };

    private async Task CountAsync(ConnectionDelegate next, ConnectionContext connection, string partition)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            _open.GiveBack(partition, 1);
        }
    }

    private bool IsTrusted(IPAddress address)
    {
        var unmapped = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return trusted.KnownProxies.Contains(unmapped) || trusted.KnownIPNetworks.Any(network => network.Contains(unmapped));
    }
}
