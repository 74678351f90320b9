using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Tokens.GiftCards.Redemptions;

/// <summary>Section <c>GiftCards:Lock</c>: who tries codes in vain too often has to wait.</summary>
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

    /// <summary>Whether anybody is locked out at all; <c>RATE_LIMITS=off</c>, for load tests, says no.</summary>
    internal bool IsOn { get; private set; } = true;

    internal void Read(IConfiguration configuration) =>
        IsOn = !"off".Equals(configuration["RATE_LIMITS"], StringComparison.OrdinalIgnoreCase);
}
