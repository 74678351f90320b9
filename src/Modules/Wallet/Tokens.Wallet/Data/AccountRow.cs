namespace Tokens.Wallet.Data;

/// <summary>A member's wallet, or one writer's share of a system account.</summary>
internal sealed class AccountRow
{
    /// <summary>The member's id, or a reserved id of the system.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name and writer of a system account (<c>stripe/3</c>); null for a member's.</summary>
    public string? SystemName { get; init; }

    public long BalanceTokens { get; set; }

    /// <summary>Raised by one with every posting; so it counts the account's entries.</summary>
    public long Version { get; set; }

    /// <summary>What the member owes after a chargeback; while it does, it may not spend.</summary>
    public long DebtTokens { get; set; }

    public long PurchasedTokens { get; set; }

    public long SpentTokens { get; set; }

    public long EarnedTokens { get; set; }
}
