namespace Tokens.Platform.RateLimits;

/// <summary>Whether limits, and the locks that modules set after failed attempts, apply at all; off for load tests only.</summary>
/// <param name="IsOn">The default.</param>
public sealed record RateLimitSwitch(bool IsOn);
