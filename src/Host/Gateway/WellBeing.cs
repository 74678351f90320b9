using Yarp.ReverseProxy.Model;

namespace Tokens.Host.Gateway;

/// <summary>Whether a destination is well. Not whether it is sent requests: where none is known to be well, all are tried.</summary>
internal static class WellBeing
{
    internal static bool Covers(DestinationState destination) =>
        destination.Health is { Active: not DestinationHealth.Unhealthy, Passive: not DestinationHealth.Unhealthy };
}
