using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Tokens.Platform.Identity;

namespace Tokens.Platform.RateLimits;

/// <summary>Whose request it is, as limits count: a member's, or else an address's.</summary>
public static class RequestPartition
{
    private const int PrefixBytes = 8;

    /// <summary>The signed-in member, or else the client's network.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.Identity?.IsAuthenticated == true
            ? Caller.From(context.User).Id.ToString()
            : OfAddress(context.Connection.RemoteIpAddress);
    }

    /// <summary>
    /// The IPv4 address, or the /64 of an IPv6 address: a household or a server gets that many and may change within it at will.
    /// </summary>
    /// <param name="address">After forwarded headers; null when the connection has none.</param>
    public static string OfAddress(IPAddress? address)
    {
        if (address is null)
        {
            return "nowhere";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes) + "/64";
    }
}
