using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Caching;

/// <summary>The bounds of one cache, in the section that its module names.</summary>
public sealed class FigureCacheOptions
{
    /// <summary>Seconds for which a figure is kept, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LifetimeSeconds { get; set; } = 300;

    /// <summary>Figures kept by a cache in memory, 100 to 10,000,000. Redis has a limit of its own.</summary>
    [Range(100, 10_000_000)]
    public int EntriesMax { get; set; } = 100_000;

    /// <summary>Milliseconds for which an answer waits until its figures are written, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int WriteTimeoutMilliseconds { get; set; } = 50;

    /// <summary>Milliseconds within which the reader that missed may fill the cache, 100 to 60,000.</summary>
    [Range(100, 60_000)]
    public int LeaseMilliseconds { get; set; } = 2_000;

    /// <summary>Figures remembered as perhaps not written, 10 to 1,000,000; with one more, all are.</summary>
    [Range(10, 1_000_000)]
    public int DoubtsMax { get; set; } = 10_000;

    /// <summary>Milliseconds between attempts to raise the generation while Redis is away, 10 to 2,000.</summary>
    [Range(10, 2_000)]
    public int RaisePauseMilliseconds { get; set; } = 250;
}
