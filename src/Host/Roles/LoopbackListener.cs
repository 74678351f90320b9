using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Tokens.Host.Roles;

/// <summary>Tells from the addresses that a server really listens on, whatever they were set by, whether only this machine reaches it.</summary>
internal static class LoopbackListener
{
    /// <summary>Whether every listener of the server is on loopback.</summary>
    internal static bool IsOnly(IServer server) => Addresses(server) is { Count: > 0 } all && all.All(LoopbackAddress.Covers);

    /// <summary>Whether every listener on that port is on loopback.</summary>
    internal static bool Covers(IServer server, int port) =>
        Addresses(server).Where(address => BindingAddress.Parse(address).Port == port).ToList() is { Count: > 0 } own
        && own.TrueForAll(LoopbackAddress.Covers);

    private static ICollection<string> Addresses(IServer server) => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
