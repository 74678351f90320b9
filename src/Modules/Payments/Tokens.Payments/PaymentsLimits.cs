using Tokens.Platform.RateLimits;

namespace Tokens.Payments;

/// <summary>How often a member may call what: few charges, so that nobody tries stolen cards here.</summary>
internal static class PaymentsLimits
{
    /// <summary>Every route by which a member can have a card tried, all together: an attempt by another route is an attempt too.</summary>
    internal static readonly RateLimitPolicy Purchase = new(PaymentsModule.ModuleName, "purchase", PermitLimit: 5, WindowSeconds: 60);

    /// <summary>Packages and purchases; looking at an open purchase asks Stripe.</summary>
    internal static readonly RateLimitPolicy Read = new(PaymentsModule.ModuleName, "read", PermitLimit: 1_000, WindowSeconds: 60);

    /// <summary>Kept payment methods: each call asks Stripe.</summary>
    internal static readonly RateLimitPolicy Methods = new(PaymentsModule.ModuleName, "methods", PermitLimit: 60, WindowSeconds: 60);

    /// <summary>Changes of settings.</summary>
    internal static readonly RateLimitPolicy Settings = new(PaymentsModule.ModuleName, "settings", PermitLimit: 60, WindowSeconds: 60);

    /// <summary>What is parked, and its release.</summary>
    internal static readonly RateLimitPolicy Admin = new(PaymentsModule.ModuleName, "admin", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy[] All = [Purchase, Read, Methods, Settings, Admin];
}
