using System.ComponentModel.DataAnnotations;

namespace Tokens.Payments.Settlement;

/// <summary>Section <c>Settlement</c>: how purchases that nobody waits for are brought to their end.</summary>
internal sealed class SettlementOptions
{
    /// <summary>Seconds after a purchase was last asked for until it is settled, 9 (longer than an answer takes) to 60.</summary>
    [Range(9, 60)]
    public int FirstCheckSeconds { get; set; } = 10;

    /// <summary>Milliseconds between two looks for what is due, 10 to 10,000.</summary>
    [Range(10, 10_000)]
    public int PollMilliseconds { get; set; } = 1_000;

    /// <summary>Milliseconds until a purchase is looked at again when Stripe was away, and at least otherwise; 100 to 30,000.</summary>
    [Range(100, 30_000)]
    public int PauseMilliseconds { get; set; } = 5_000;

    /// <summary>Seconds between two looks at most, 10 to 86,400; up to there a look comes every quarter of the purchase's age.</summary>
    [Range(10, 86_400)]
    public int LongestPauseSeconds { get; set; } = 1_800;

    /// <summary>Hours after which a payment that its member doesn't finish is cancelled, 1 to 168.</summary>
    [Range(1, 168)]
    public int GiveUpHours { get; set; } = 24;

    /// <summary>The same for a refill that waits for its member, 1 to 168: less than a day, so that the next day's has its turn.</summary>
    [Range(1, 168)]
    public int RefillGiveUpHours { get; set; } = 23;

    /// <summary>Times that a purchase may fail for a reason that waiting doesn't mend before it is parked, 1 to 100.</summary>
    [Range(1, 100)]
    public int FailuresMax { get; set; } = 10;

    /// <summary>Purchases read at once, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int BatchMax { get; set; } = 200;

    /// <summary>Purchases settled at the same time, 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int ConcurrencyMax { get; set; } = 32;
}
