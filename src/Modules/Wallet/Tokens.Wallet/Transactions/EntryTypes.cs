using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Transactions;

/// <summary>The words under which clients know the kinds of transfers; a gift reads differently on its two sides.</summary>
internal static class EntryTypes
{
    private static readonly (string Type, TransferKind Kind, bool? Incoming)[] Table =
    [
        ("purchase", TransferKind.Purchase, null),
        ("quick_purchase", TransferKind.QuickPurchase, null),
        ("bonus", TransferKind.Bonus, null),
        ("smart_refill", TransferKind.SmartRefill, null),
        ("tip", TransferKind.Tip, null),
        ("call", TransferKind.Call, null),
        ("gift_sent", TransferKind.Gift, false),
        ("gift_received", TransferKind.Gift, true),
        ("platform_fee", TransferKind.PlatformFee, null),
        ("gift_card_created", TransferKind.GiftCardCreated, null),
        ("gift_card_redeemed", TransferKind.GiftCardRedeemed, null),
        ("gift_card_refunded", TransferKind.GiftCardRefunded, null),
        ("payout", TransferKind.Payout, null),
        ("payout_returned", TransferKind.PayoutReturned, null),
        ("refund", TransferKind.Refund, null),
        ("dispute", TransferKind.Dispute, null),
        ("dispute_won", TransferKind.DisputeWon, null),
        ("adjustment", TransferKind.Adjustment, null),
    ];

    internal static IReadOnlyCollection<string> All { get; } = [.. Table.Select(row => row.Type)];

    internal static string Of(TransferKind kind, bool incoming) =>
        Array.Find(Table, row => row.Kind == kind && (row.Incoming ?? incoming) == incoming).Type;

    /// <summary>Which transfers a type stands for: their kind, and the side if it matters.</summary>
    internal static (TransferKind Kind, bool? Incoming) Parse(string type)
    {
        var row = Array.Find(Table, row => row.Type == type);
        return (row.Kind, row.Incoming);
    }
}
