using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Transactions;

/// <summary>A leg as one of its two accounts sees it.</summary>
internal sealed class LegOfAccount
{
    public required Guid Id { get; init; }

    public required short Leg { get; init; }

    public required TransferKind Kind { get; init; }

    public required bool Incoming { get; init; }

    public required long Tokens { get; init; }

    public required long Version { get; init; }

    /// <summary>Only on the first leg of a posting that touches the account.</summary>
    public required long? BalanceAfter { get; init; }

    public required Guid OtherAccountId { get; init; }

    public required bool OtherIsMember { get; init; }

    public required string? Reference { get; init; }

    public required DateTime PostedAt { get; init; }
}
