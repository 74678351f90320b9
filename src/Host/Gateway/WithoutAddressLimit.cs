namespace Tokens.Host.Gateway;

/// <summary>Metadata of a route of the gateway's own whose requests by these methods the limit by address doesn't count.</summary>
internal sealed class WithoutAddressLimit(params string[] methods)
{
    internal bool Covers(string method) => methods.Contains(method, StringComparer.OrdinalIgnoreCase);
}
