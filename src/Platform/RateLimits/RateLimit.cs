namespace Tokens.Platform.RateLimits;

/// <summary>A policy's limit as it is now.</summary>
internal sealed record RateLimit(string Policy, int Permits, TimeSpan Window)
{
    public override string ToString() => $"{Permits} in {Window.TotalSeconds} s";
}
