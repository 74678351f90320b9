using System.Security.Cryptography;
using System.Text;

namespace Tokens.StripeSandbox.TestCards;

/// <summary>
/// A card that Stripe's test mode knows. <paramref name="Decline"/> refuses every charge, after 3-D Secure if
/// <paramref name="RequiresAuthentication"/> asks for that; null lets it succeed.
/// <paramref name="AttachesAnyway"/>: can be kept for a customer although every charge is refused.
/// <paramref name="OnceIsEnough"/>: authenticated when it was set up, it passes while its holder is away.
/// </summary>
internal sealed record TestCard(
    string Brand,
    string Last4,
    string Funding = "credit",
    CardDecline? Decline = null,
    bool RequiresAuthentication = false,
    bool AttachesAnyway = false,
    bool OnceIsEnough = false)
{
    private const int FingerprintBytes = 8;

    /// <summary>Names the card's number: equal in all payment methods of a number, however often they are made.</summary>
    internal string Fingerprint { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{Brand} {Last4}")).AsSpan(0, FingerprintBytes));
}
