using System.ComponentModel.DataAnnotations;

namespace Tokens.GiftCards.Recovery;

/// <summary>Section <c>GiftCards:Recovery</c>: how cards and gifts that no request finishes come to their end.</summary>
internal sealed class RecoveryOptions
{
    /// <summary>Seconds after which a card that isn't active, or a gift that isn't sent, is taken for abandoned; 1 to 40.</summary>
    [Range(1, 40)]
    public int RollBackAfterSeconds { get; set; } = 10;

    /// <summary>Seconds after which the worker goes on with a card that is being redeemed, cancelled or expired; 1 to 40.</summary>
    [Range(1, 40)]
    public int FinishAfterSeconds { get; set; } = 5;

    /// <summary>Milliseconds between two looks for what is due, 10 to 10,000.</summary>
    [Range(10, 10_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds until something is tried again, 100 to 30,000; doubles with each failure of its own.</summary>
    [Range(100, 30_000)]
    public int PauseMilliseconds { get; set; } = 2_000;

    /// <summary>Seconds between two tries at most, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int LongestPauseSeconds { get; set; } = 300;

    /// <summary>Times that a card or gift may fail for a reason that waiting doesn't mend before it is parked, 1 to 100.</summary>
    [Range(1, 100)]
    public int FailuresMax { get; set; } = 10;

    /// <summary>Rows read at once, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int BatchMax { get; set; } = 200;

    /// <summary>Rows worked on at the same time, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int ConcurrencyMax { get; set; } = 16;

    /// <summary>Seconds between two removals of sealed codes and counts whose time is over, 1 to 3,600.</summary>
    [Range(1, 3_600)]
    public int CleanupSeconds { get; set; } = 60;
}
