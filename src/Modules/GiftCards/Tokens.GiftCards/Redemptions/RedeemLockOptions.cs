using System.ComponentModel.DataAnnotations;

namespace Tokens.GiftCards.Redemptions;

/// <summary>Section <c>GiftCards:Lock</c>: who tries codes in vain too often has to wait. <c>RATE_LIMITS=off</c> switches it off.</summary>
internal sealed class RedeemLockOptions
{
    /// <summary>Failures of a member within the window that are answered as such, 1 to 10,000; all further attempts are refused.</summary>
    [Range(1, 10_000)]
    public int FailuresMax { get; set; } = 10;

    /// <summary>The same from one network, whoever the members are; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int NetworkFailuresMax { get; set; } = 5_000;

    /// <summary>Seconds from the first failure to the end of its window and of the lock, 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int WindowSeconds { get; set; } = 3_600;

    /// <summary>Failures that may wait to be counted, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; set; } = 4_096;

    /// <summary>Most failures counted in one commit, 1 to 2,000.</summary>
    [Range(1, 2_000)]
    public int BatchSizeMax { get; set; } = 500;
}
