using System.Net;

namespace Tokens.Host.Roles;

/// <summary>Tells listeners that only this machine reaches.</summary>
internal static class LoopbackAddress
{
    internal static bool Covers(string url) => CoversHost(BindingAddress.Parse(url).Host);

    /// <summary>Whether a host, by name or by address, is this machine.</summary>
    internal static bool CoversHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
