using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.RateLimits;

/// <summary>
/// Section <c>RateLimits:{module}.{policy}</c>: one policy's limit. A change of the configuration takes effect at the next request;
/// a value out of its range stops the start, and later leaves the policy as it was.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests of one caller in any window, 1 to 10,000; each is remembered for the length of the window.</summary>
    [Range(1, 10_000)]
    public int PermitLimit { get; set; }

    /// <summary>Length of the window in seconds, 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int WindowSeconds { get; set; }

    /// <summary>Whether the policy limits anything.</summary>
    public bool Enabled { get; set; } = true;
}
