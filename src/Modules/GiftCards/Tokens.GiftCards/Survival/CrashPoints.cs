using System.Diagnostics;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Cards;

namespace Tokens.GiftCards.Survival;

/// <summary>Ends the process where a test of survival wants it to end; does nothing unless <see cref="CrashOptions"/> name a point.</summary>
internal sealed class CrashPoints(IOptions<CrashOptions> options)
{
    private readonly CrashPoint? _at = options.Value.CrashAt;

    internal void Reach(CrashPoint point)
    {
        if (_at == point)
        {
            // As an operator's SIGKILL: nothing is flushed, told or cleaned up.
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }

    /// <summary>The point behind the transfer that ends a card claimed so.</summary>
    internal static CrashPoint PostedOf(CardStatus claimed) => claimed switch
    {
        CardStatus.Redeeming => CrashPoint.RedeemPosted,
        CardStatus.Cancelling => CrashPoint.CancelPosted,
        _ => CrashPoint.ExpiryPosted,
    };

    /// <summary>The point behind the write that says so.</summary>
    internal static CrashPoint StoredOf(CardStatus outcome) => outcome switch
    {
        CardStatus.Redeemed => CrashPoint.RedeemStored,
        CardStatus.Cancelled => CrashPoint.CancelStored,
        _ => CrashPoint.ExpiryStored,
    };
}
