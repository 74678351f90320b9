namespace Tokens.GiftCards;

/// <summary>The moments between two steps at which a process may end.</summary>
internal enum GiftCardsFailPoint
{
    /// <summary>The card's row is stored; the ledger knows nothing.</summary>
    CardStored,

    /// <summary>The buyer's tokens are taken; the row doesn't say so.</summary>
    CardPaid,

    /// <summary>The card is active; nobody was told its code.</summary>
    CardActive,

    /// <summary>The row says that a paid card is given up; its tokens aren't back.</summary>
    RevokeStored,

    /// <summary>The tokens of a card given up are back; the row doesn't say so.</summary>
    RevokePosted,

    /// <summary>The card is claimed by a redeemer.</summary>
    RedeemClaimed,

    /// <summary>The redeemer has the tokens; the row doesn't say so.</summary>
    RedeemPosted,

    /// <summary>The card is redeemed; nobody was told.</summary>
    RedeemStored,

    /// <summary>The card is claimed by its buyer.</summary>
    CancelClaimed,

    /// <summary>The buyer has the tokens back; the row doesn't say so.</summary>
    CancelPosted,

    /// <summary>The card is cancelled; nobody was told.</summary>
    CancelStored,

    /// <summary>The card is claimed by its time having come.</summary>
    ExpiryClaimed,

    /// <summary>The tokens of an expired card are back; the row doesn't say so.</summary>
    ExpiryPosted,

    /// <summary>The card has expired.</summary>
    ExpiryStored,

    /// <summary>The row of an older system's card is stored; its tokens aren't there.</summary>
    TakeoverStored,

    /// <summary>The tokens of an older system's card are there; the row doesn't say so.</summary>
    TakeoverPosted,

    /// <summary>A gift's row is stored; the ledger knows nothing.</summary>
    GiftStored,

    /// <summary>A gift's tokens have moved; the row doesn't say so.</summary>
    GiftPosted,

    /// <summary>A gift is sent; nobody was told.</summary>
    GiftSent,
}
