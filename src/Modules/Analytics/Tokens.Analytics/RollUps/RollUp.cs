using Tokens.Wallet.Contracts;

namespace Tokens.Analytics.RollUps;

/// <summary>What a member spent on, or earned from, one counterparty by one kind in one quarter of an hour.</summary>
internal sealed class RollUp
{
    public required short Generation { get; init; }

    public required Guid MemberId { get; init; }

    public required Side Side { get; init; }

    /// <summary>Quarters of an hour since 1970 in UTC.</summary>
    public required int Quarter { get; init; }

    public required TransferKind Kind { get; init; }

    /// <summary>Empty for an account of the system.</summary>
    public required Guid CounterpartyId { get; init; }

    /// <summary>Spent or earned; below zero where more was given back than spent.</summary>
    public required long Tokens { get; set; }

    public required int Transfers { get; set; }

    public required DateTime LastAt { get; set; }
}

/// <summary>The numbers are stored.</summary>
internal enum Side
{
    Spent = 1,
    Earned = 2,
}
