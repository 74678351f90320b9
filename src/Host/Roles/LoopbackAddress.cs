using System.Net;

namespace Tokens.Host.Roles;

/// <summary>Tells listeners that only this machine reaches.</summary>
internal static class LoopbackAddress
{
    internal static bool Covers(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
