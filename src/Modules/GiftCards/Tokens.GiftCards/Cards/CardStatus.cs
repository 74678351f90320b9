using System.Collections.Frozen;

namespace Tokens.GiftCards.Cards;

/// <summary>Where a gift card stands.</summary>
internal enum CardStatus
{
    /// <summary>The row is there; whether the tokens were taken isn't known, and nobody has seen the code.</summary>
    Issuing,

    /// <summary>An older system's, taken over; its tokens are on their way from there.</summary>
    Importing,

    /// <summary>Its tokens lie with the system, and whoever has the code may redeem it.</summary>
    Active,

    /// <summary>Claimed by a member; the tokens are on their way.</summary>
    Redeeming,

    /// <summary>The tokens are with the member who redeemed it.</summary>
    Redeemed,

    /// <summary>Claimed by its buyer; the tokens are on their way back.</summary>
    Cancelling,

    /// <summary>Cancelled, and refunded.</summary>
    Cancelled,

    /// <summary>Claimed by its time having come; the tokens are on their way back.</summary>
    Expiring,

    /// <summary>Expired, and refunded.</summary>
    Expired,

    /// <summary>Paid for, but given up before anybody saw its code; the tokens are on their way back.</summary>
    Revoking,

    /// <summary>It never was: nothing was taken, or all was given back.</summary>
    Revoked,
}

/// <summary>Every state and every way from one to another; nothing else decides what may follow.</summary>
internal static class CardStates
{
    /// <summary>Rows in these states hold their buyer's idempotency key, as the unique index knows it; both providers read it.</summary>
    internal const string HoldsKeyFilter = "idempotency_key IS NOT NULL AND status <> 'revoked'";

    /// <summary>Rows in these states wait for their expiry, as its index knows it.</summary>
    internal const string ExpiresFilter = "status = 'active'";

    private static readonly FrozenDictionary<CardStatus, State> All = new Dictionary<CardStatus, State>
    {
        [CardStatus.Issuing] = new("issuing", [CardStatus.Active, CardStatus.Revoking, CardStatus.Revoked]),
        [CardStatus.Importing] = new("importing", [CardStatus.Active]),
        [CardStatus.Active] = new("active", [CardStatus.Redeeming, CardStatus.Cancelling, CardStatus.Expiring]),
        // Back only behind a fence: when the ledger refused the transfer and can't post it any more.
        [CardStatus.Redeeming] = new("redeeming", [CardStatus.Redeemed, CardStatus.Active]),
        [CardStatus.Redeemed] = new("redeemed", []),
        [CardStatus.Cancelling] = new("cancelling", [CardStatus.Cancelled, CardStatus.Active]),
        [CardStatus.Cancelled] = new("cancelled", []),
        [CardStatus.Expiring] = new("expiring", [CardStatus.Expired]),
        [CardStatus.Expired] = new("expired", []),
        [CardStatus.Revoking] = new("revoking", [CardStatus.Revoked]),
        [CardStatus.Revoked] = new("revoked", []),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, CardStatus> ByWire =
        All.ToFrozenDictionary(state => state.Value.Wire, state => state.Key);

    /// <summary>The state's name in the table and in metrics.</summary>
    internal static string Wire(this CardStatus status) => All[status].Wire;

    internal static CardStatus FromWire(string name) => ByWire[name];

    internal static bool MayBecome(this CardStatus from, CardStatus to) => All[from].Next.Contains(to);

    /// <summary>Whether nothing follows.</summary>
    internal static bool IsFinal(this CardStatus status) => All[status].Next.Length == 0;

    /// <summary>Where a claimed card goes once its tokens have moved.</summary>
    internal static CardStatus Outcome(this CardStatus claimed) => claimed switch
    {
        CardStatus.Redeeming => CardStatus.Redeemed,
        CardStatus.Cancelling => CardStatus.Cancelled,
        CardStatus.Expiring => CardStatus.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(claimed), claimed, "Not a claimed card."),
    };

    private sealed record State(string Wire, CardStatus[] Next);
}
