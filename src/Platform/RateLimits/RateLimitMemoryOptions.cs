using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.RateLimits;

/// <summary>Section <c>RateLimits:Memory</c>: what a host counts by itself, without Redis or while it is away.</summary>
public sealed class RateLimitMemoryOptions
{
    internal const string Section = "RateLimits:Memory";

    /// <summary>Counts kept, one a policy and caller, 100 to 10,000,000; beyond it the one unused for longest is forgotten.</summary>
    [Range(100, 10_000_000)]
    public int PartitionsMax { get; set; } = 100_000;
}
