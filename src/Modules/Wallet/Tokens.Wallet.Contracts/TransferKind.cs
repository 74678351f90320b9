namespace Tokens.Wallet.Contracts;

/// <summary>What a transfer is for. The numbers are stored: add at the end, never renumber.</summary>
public enum TransferKind
{
    /// <summary>A package bought.</summary>
    Purchase = 1,

    /// <summary>A free amount bought.</summary>
    QuickPurchase = 2,

    /// <summary>Given on top of a purchase.</summary>
    Bonus = 3,

    /// <summary>Bought by an automatic refill.</summary>
    SmartRefill = 4,

    /// <summary>A tip to a creator.</summary>
    Tip = 5,

    /// <summary>Paid for a call.</summary>
    Call = 6,

    /// <summary>A gift to another member.</summary>
    Gift = 7,

    /// <summary>The platform's share of a gift.</summary>
    PlatformFee = 8,

    /// <summary>Put on a gift card.</summary>
    GiftCardCreated = 9,

    /// <summary>Taken from a gift card.</summary>
    GiftCardRedeemed = 10,

    /// <summary>Given back from a cancelled or expired gift card.</summary>
    GiftCardRefunded = 11,

    /// <summary>Paid out to a creator.</summary>
    Payout = 12,

    /// <summary>Given back from a payout that failed.</summary>
    PayoutReturned = 13,

    /// <summary>Taken back because a purchase was refunded.</summary>
    Refund = 14,

    /// <summary>Taken back because a purchase is disputed.</summary>
    Dispute = 15,

    /// <summary>Given back because a dispute was won.</summary>
    DisputeWon = 16,

    /// <summary>A correction by an administrator.</summary>
    Adjustment = 17,
}
