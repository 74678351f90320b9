using System.Net;
using System.Net.Sockets;

namespace Tokens.GiftCards.Redemptions;

/// <summary>Who tries a code, as failures are counted.</summary>
/// <param name="Member">The member.</param>
/// <param name="Network">The address, or the /64 of an IPv6 address.</param>
internal sealed record RedeemAttempt(string Member, string Network)
{
    private const int PrefixBytes = 8;

    internal static RedeemAttempt By(Guid memberId, IPAddress? address) => new($"member:{memberId}", $"network:{NetworkOf(address)}");

    private static string NetworkOf(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.MapToIPv4().ToString() ?? "none";
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes) + "/64";
    }
}
