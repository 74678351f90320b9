using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Sessions;

/// <summary>Section <c>Sessions</c>: what a host remembers of sessions.</summary>
public sealed class SessionOptions
{
    /// <summary>Milliseconds for which a host goes on believing a session without asking the database again, 0 to 5,000.</summary>
    [Range(0, 5_000)]
    public int BelievedForMilliseconds { get; set; } = 1_000;

    /// <summary>Most sessions that a host remembers, 100 to 1,000,000; a forgotten one costs a query.</summary>
    [Range(100, 1_000_000)]
    public int RememberedMax { get; set; } = 50_000;

    /// <summary>Most rows of ended sessions that one revocation removes, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int CleanupBatchSizeMax { get; set; } = 100;
}
