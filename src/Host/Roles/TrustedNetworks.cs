using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tokens.Host.Roles;

/// <summary>Reads the neighbours whose <c>X-Forwarded-*</c> headers are believed.</summary>
internal static class TrustedNetworks
{
    // Not a constant: a constant of a framework enum keeps the coverage tool from reading the whole assembly.
    private static readonly ForwardedHeaders Believed =
        ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

    /// <summary>Options that believe <paramref name="entries"/> (addresses or CIDR) and nobody else.</summary>
    /// <exception cref="SettingsException">An entry of the environment variable <paramref name="variable"/> is neither.</exception>
    internal static ForwardedHeadersOptions Read(string variable, IReadOnlyList<string> entries)
    {
        // The middleware takes two empty lists for "everybody", so believing nobody means reading no header.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = entries.Count > 0 ? Believed : ForwardedHeaders.None };

        // Every hop is held against the lists, from the nearest outwards, so their number needs no limit of its own.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (ParseAddress(entry) is { } address)
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new SettingsException($"{variable}: '{entry}' is neither an IP address nor a network such as 10.0.0.0/8.");
            }
        }

        return options;
    }

    /// <summary>Whether <paramref name="options"/>, as read, name the address; a connection without one is nobody's.</summary>
    internal static bool Cover(ForwardedHeadersOptions options, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.KnownProxies.Contains(plain) || options.KnownIPNetworks.Any(network => network.Contains(plain));
    }

    // The parser also takes '10' and '10.1' for addresses, which nobody means.
    private static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text)
            ? address
            : null;
}
