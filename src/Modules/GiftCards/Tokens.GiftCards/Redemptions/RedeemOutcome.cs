using Tokens.GiftCards.Cards;

namespace Tokens.GiftCards.Redemptions;

/// <summary>How an attempt ended; the set is closed.</summary>
internal abstract record RedeemOutcome
{
    private RedeemOutcome()
    {
    }

    /// <summary>The tokens are there.</summary>
    /// <param name="Card">As it ended.</param>
    /// <param name="IsReplay">Whether another request with the same key had redeemed it.</param>
    internal sealed record Redeemed(GiftCard Card, bool IsReplay) : RedeemOutcome;

    /// <summary>Unknown, used, cancelled or expired: nobody is told which.</summary>
    internal sealed record NotFound : RedeemOutcome;

    /// <summary>The text can be no code; answered as <see cref="NotFound"/> is, and not counted as a failure.</summary>
    internal sealed record Malformed : RedeemOutcome;

    /// <summary>The caller bought it.</summary>
    internal sealed record Own : RedeemOutcome;

    /// <summary>The key was used for another code.</summary>
    internal sealed record KeyReused : RedeemOutcome;

    /// <summary>The caller's balance can't take the tokens.</summary>
    internal sealed record NoRoom : RedeemOutcome;

    /// <summary>Too many failures, of the caller's or from the same network.</summary>
    internal sealed record LockedOut(Lockout Lockout) : RedeemOutcome;
}
