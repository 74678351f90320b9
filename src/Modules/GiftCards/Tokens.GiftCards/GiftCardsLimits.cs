using Tokens.Platform.RateLimits;

namespace Tokens.GiftCards;

/// <summary>How often a member may call what; who tries codes in vain is stopped by the lock long before.</summary>
internal static class GiftCardsLimits
{
    /// <summary>Buying and cancelling cards.</summary>
    internal static readonly RateLimitPolicy Issue = new(GiftCardsModule.ModuleName, "issue", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy Redeem = new(GiftCardsModule.ModuleName, "redeem", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy Gift = new(GiftCardsModule.ModuleName, "gift", PermitLimit: 600, WindowSeconds: 60);

    /// <summary>The catalog, and both lists.</summary>
    internal static readonly RateLimitPolicy Read = new(GiftCardsModule.ModuleName, "read", PermitLimit: 1_000, WindowSeconds: 60);

    /// <summary>What is parked, and its release.</summary>
    internal static readonly RateLimitPolicy Admin = new(GiftCardsModule.ModuleName, "admin", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy[] All = [Issue, Redeem, Gift, Read, Admin];
}
