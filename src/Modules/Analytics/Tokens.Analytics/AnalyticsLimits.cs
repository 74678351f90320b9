using Tokens.Platform.RateLimits;

namespace Tokens.Analytics;

/// <summary>How often a member may ask.</summary>
internal static class AnalyticsLimits
{
    /// <summary>All routes of the module together.</summary>
    internal static readonly RateLimitPolicy Read = new(AnalyticsModule.ModuleName, "read", PermitLimit: 100, WindowSeconds: 900);

    internal static readonly RateLimitPolicy[] All = [Read];
}
