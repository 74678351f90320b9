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
    bool OnceIsEnough = false);
