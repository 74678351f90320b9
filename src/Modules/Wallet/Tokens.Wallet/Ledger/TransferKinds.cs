using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>What the kinds of transfers mean for a member's account.</summary>
internal static class TransferKinds
{
    /// <summary>Whether the payer chooses to spend: refused while the account is on hold.</summary>
    internal static bool IsSpend(TransferKind kind) => kind
        is TransferKind.Tip or TransferKind.Call or TransferKind.Gift or TransferKind.GiftCardCreated or TransferKind.Payout;

    internal static bool CountsAsPurchased(TransferKind kind) => kind
        is TransferKind.Purchase or TransferKind.QuickPurchase or TransferKind.SmartRefill or TransferKind.Bonus;

    internal static bool CountsAsSpent(TransferKind kind) => kind
        is TransferKind.Tip or TransferKind.Call or TransferKind.Gift or TransferKind.PlatformFee or TransferKind.GiftCardCreated;

    internal static bool CountsAsEarned(TransferKind kind) => kind
        is TransferKind.Tip or TransferKind.Call or TransferKind.Gift;
}
