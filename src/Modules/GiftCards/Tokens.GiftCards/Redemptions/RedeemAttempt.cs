using System.Net;
using Tokens.Platform.RateLimits;

namespace Tokens.GiftCards.Redemptions;

/// <summary>Who tries a code, as failures are counted.</summary>
/// <param name="Member">The member.</param>
/// <param name="Network">The address, or the /64 of an IPv6 address.</param>
internal sealed record RedeemAttempt(string Member, string Network)
{
    internal static RedeemAttempt By(Guid memberId, IPAddress? address) =>
        new($"member:{memberId}", $"network:{RequestPartition.OfAddress(address)}");
}
