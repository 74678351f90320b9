using System.Linq.Expressions;
using Microsoft.Extensions.Options;
using Tokens.Platform.Time;

namespace Tokens.Payments.Purchases;

/// <summary>Which purchases no drive holds, and which of them are due, although clocks may have been set back.</summary>
internal sealed class PurchaseClaims(IOptions<PaymentsOptions> options, TimeProvider time)
{
    /// <summary>How long a claim holds without being renewed.</summary>
    internal TimeSpan Length => TimeSpan.FromMilliseconds(options.Value.ClaimMilliseconds);

    /// <summary>Rows that no drive holds.</summary>
    internal Expression<Func<Purchase, bool>> Free
    {
        get
        {
            var (now, latest) = DueTimes.OfEnds(time, Length);
            return p => p.ClaimedUntil == null || p.ClaimedUntil <= now || p.ClaimedUntil > latest;
        }
    }

    /// <summary>
    /// Rows that are due for a check. A row that was last written ahead of the present time holds times of a clock that was set back.
    /// </summary>
    internal static Expression<Func<Purchase, bool>> IsDue(DueTimes checks)
    {
        var (now, latest) = checks;
        var ahead = now + DueTimes.SkewMax;
        return p => p.NextCheckAt != null && (p.NextCheckAt <= now || p.NextCheckAt > latest || p.UpdatedAt > ahead);
    }
}
