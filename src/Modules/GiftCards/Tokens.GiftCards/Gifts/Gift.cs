using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Gifts;

/// <summary>Tokens from one member to another.</summary>
internal sealed class Gift
{
    public required Guid Id { get; init; }

    public required Guid SenderId { get; init; }

    public required Guid RecipientId { get; init; }

    /// <summary>The sender's name for the request; null when it came without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether a repeat of its first request may be at the same posting.</summary>
    public bool IsShared { get; init; }

    public required byte[] PayloadHash { get; init; }

    /// <summary>What the sender gives.</summary>
    public required long Tokens { get; init; }

    /// <summary>The platform's share of it.</summary>
    public required long FeeTokens { get; init; }

    /// <summary>The client's own word for the sort of gift.</summary>
    public string? GiftType { get; init; }

    /// <summary>Which of the catalog, or the client's own id.</summary>
    public string? CatalogId { get; init; }

    public GiftStatus Status { get; private set; } = GiftStatus.Sending;

    public required DateTime CreatedAt { get; init; }

    /// <summary>When the tokens moved.</summary>
    public DateTime? SentAt { get; private set; }

    /// <summary>The sender's balance right after.</summary>
    public long? SenderBalance { get; private set; }

    /// <summary>When the worker finds out how it ended; null once that is known.</summary>
    public DateTime? NextCheckAt { get; init; }

    /// <summary>Times that finding out failed for a reason that waiting doesn't mend.</summary>
    public int Failures { get; init; }

    /// <summary>Why it waits for a person; one of <see cref="Parking.ParkedReason"/>.</summary>
    public string? ParkedReason { get; init; }

    /// <summary>What the sender wrote; null when nothing, or when it was erased.</summary>
    public GiftWords? Words { get; init; }

    internal long NetTokens => Tokens - FeeTokens;

    /// <param name="order">What is asked for.</param>
    /// <param name="id">The new gift's.</param>
    /// <param name="feeTokens">The platform's share.</param>
    /// <param name="now">The time of the order.</param>
    /// <param name="checkAt">When the worker looks after it, unless it is sent before.</param>
    internal static Gift Open(GiftOrder order, Guid id, long feeTokens, DateTime now, DateTime checkAt) => new()
    {
        Id = id,
        SenderId = order.SenderId,
        RecipientId = order.RecipientId,
        IdempotencyKey = order.Key?.Value,
        PayloadHash = order.PayloadHash(),
        Tokens = order.Tokens,
        FeeTokens = feeTokens,
        GiftType = order.GiftType,
        CatalogId = order.CatalogId,
        CreatedAt = now,
        NextCheckAt = checkAt,
        Words = order.HasWords
            ? new GiftWords
            {
                GiftId = id,
                Message = order.Message,
                Channel = order.Channel,
                GiftName = order.ShownName,
                GiftEmoji = order.ShownEmoji,
            }
            : null,
    };

    internal bool IsFor(GiftOrder order) => PayloadHash.AsSpan().SequenceEqual(order.PayloadHash());

    internal void HasBeenSent(PostingReceipt receipt)
    {
        Status = GiftStatus.Sent;
        SentAt = receipt.PostedAt;
        SenderBalance = receipt.BalancesAfter[SenderId];
    }
}
