namespace Tokens.Wallet.Ledger;

/// <summary>An account while its row is locked: as loaded, then as decided so far.</summary>
internal sealed class AccountState
{
    internal required Guid Id { get; init; }

    internal required bool IsMember { get; init; }

    internal long BalanceTokens { get; set; }

    internal long Version { get; set; }

    internal long DebtTokens { get; set; }

    internal long PurchasedTokens { get; set; }

    internal long SpentTokens { get; set; }

    internal long EarnedTokens { get; set; }

    /// <summary>Made by this very transaction; if nothing comes of it, it goes again.</summary>
    internal bool IsNew { get; init; }

    internal bool IsChanged { get; set; }

    /// <summary>
    /// Changed by a request that is answered again: the host that committed it may have died before it told anybody.
    /// </summary>
    internal bool IsToldAgain { get; set; }
}
