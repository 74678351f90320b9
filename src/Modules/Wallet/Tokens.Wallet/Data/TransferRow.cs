using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Data;

/// <summary>One leg of a posting; never changed, never deleted.</summary>
internal sealed class TransferRow
{
    /// <summary>The posting's id: the entry's id in histories.</summary>
    public required Guid Id { get; init; }

    /// <summary>0 for the first leg of a posting.</summary>
    public required short Leg { get; init; }

    public required TransferKind Kind { get; init; }

    public required Guid DebitAccountId { get; init; }

    public required Guid CreditAccountId { get; init; }

    public required long Tokens { get; init; }

    /// <summary>Version of the paying member's account after the posting; null for a system account.</summary>
    public long? DebitVersion { get; init; }

    /// <summary>Its balance after the posting; only on the first leg of the posting that touches the account.</summary>
    public long? DebitBalanceAfter { get; init; }

    public long? CreditVersion { get; init; }

    public long? CreditBalanceAfter { get; init; }

    /// <summary>The member or module that asked.</summary>
    public required Guid CallerId { get; init; }

    public required string Route { get; init; }

    /// <summary>The caller's key, on the first leg; null where the caller gave none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the content, to tell a repeat from a reuse.</summary>
    public byte[]? PayloadHash { get; init; }

    public string? Reference { get; init; }

    /// <summary>The commit with which it came: the id of its outbox row.</summary>
    public required Guid BatchId { get; init; }

    public required DateTime PostedAt { get; init; }
}
