using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>The ways to buy, as they scope idempotency keys, and what each is called elsewhere.</summary>
internal static class PurchaseRoutes
{
    internal const string Purchase = "purchase";
    internal const string QuickPurchase = "quick-purchase";
    internal const string PurchaseSaved = "purchase-saved";
    internal const string SmartRefill = "smart-refill";

    /// <summary>The transaction type of the answer.</summary>
    internal static string TypeOf(string route) => route switch
    {
        Purchase or PurchaseSaved => "purchase",
        SmartRefill => "smart_refill",
        QuickPurchase => "quick_purchase",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No such way to buy."),
    };

    /// <summary>The kind under which the ledger posts it.</summary>
    internal static TransferKind KindOf(string route) => route switch
    {
        Purchase or PurchaseSaved => TransferKind.Purchase,
        SmartRefill => TransferKind.SmartRefill,
        QuickPurchase => TransferKind.QuickPurchase,
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No such way to buy."),
    };
}
