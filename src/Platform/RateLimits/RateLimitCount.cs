namespace Tokens.Platform.RateLimits;

/// <summary>What counting a request came to.</summary>
/// <param name="IsAllowed">It took a permit; a refused request takes none.</param>
/// <param name="Remaining">Permits that are left now.</param>
/// <param name="NextPermitIn">Until the next permit comes back: for a refused request, exactly when one would be allowed.</param>
/// <param name="IsAlone">This host counted by itself though hosts should count together.</param>
internal readonly record struct RateLimitCount(bool IsAllowed, int Remaining, TimeSpan NextPermitIn, bool IsAlone = false);
