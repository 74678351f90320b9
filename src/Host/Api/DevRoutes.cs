using Tokens.Host.Roles;
using Tokens.Platform.Problems;

namespace Tokens.Host.Api;

/// <summary>Routes for a developer's machine: there in Development and while every listener is on loopback, nothing elsewhere.</summary>
internal static class DevRoutes
{
    internal static readonly Problem NotHere = new(ProblemKind.NotFound, "There is nothing at this address.");

    internal static bool IsPrivate(HostSettings settings) => settings.IsDevelopment && Listeners(settings).All(LoopbackAddress.Covers);

    private static IEnumerable<string> Listeners(HostSettings settings) =>
    [
        .. settings.Plays(Role.Gateway) ? settings.GatewayUrls : [],
        .. settings.ApiUrls,
        .. settings.Plays(Role.Sandbox) ? settings.SandboxUrls : [],
    ];
}
