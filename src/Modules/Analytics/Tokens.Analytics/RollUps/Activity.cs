using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.RollUps;

/// <summary>What counts as spent and as earned: nothing else does.</summary>
/// <param name="Side">On which side it counts.</param>
/// <param name="Kind">Under which kind; what a gift card gives back counts against what cards cost.</param>
/// <param name="Tokens">How much.</param>
/// <param name="Transfers">1, or 0 for what is given back.</param>
internal readonly record struct Activity(Side Side, TransferKind Kind, long Tokens, int Transfers)
{
    internal static readonly TransferKind[] SpentKinds =
        [TransferKind.Tip, TransferKind.Call, TransferKind.Gift, TransferKind.GiftCardCreated];

    internal static readonly TransferKind[] EarnedKinds = [TransferKind.Tip, TransferKind.Call, TransferKind.Gift];

    internal static TransferKind[] KindsOf(Side side) => side == Side.Spent ? SpentKinds : EarnedKinds;

    internal static Activity? Of(PostedEntry entry) => entry switch
    {
        { Kind: TransferKind.GiftCardRefunded, Tokens: > 0 } => new(Side.Spent, TransferKind.GiftCardCreated, -entry.Tokens, 0),
        { Tokens: < 0 } when SpentKinds.Contains(entry.Kind) => new(Side.Spent, entry.Kind, -entry.Tokens, 1),
        { Tokens: > 0 } when EarnedKinds.Contains(entry.Kind) => new(Side.Earned, entry.Kind, entry.Tokens, 1),
        _ => null,
    };

    /// <summary>The word under which clients know a kind.</summary>
    internal static string WireOf(Side side, TransferKind kind) => kind switch
    {
        TransferKind.Tip => "tip",
        TransferKind.Call => "call",
        TransferKind.Gift => side == Side.Spent ? "gift_sent" : "gift_received",
        TransferKind.GiftCardCreated => "gift_card_created",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Neither spent nor earned."),
    };
}
