using Tokens.GiftCards.Codes;
using Tokens.GiftCards.MovingIn;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Cards;

/// <summary>A gift card from its first request on; the row says at every moment how to go on.</summary>
internal sealed class GiftCard
{
    public required Guid Id { get; init; }

    /// <summary>Who bought it.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The buyer's name for the request; null when it came without one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether a repeat of its first request may be at the same posting.</summary>
    public bool IsShared { get; init; }

    public required byte[] PayloadHash { get; init; }

    public required long Tokens { get; init; }

    /// <summary>The buyer's words to whoever redeems it; erasable.</summary>
    public string? Message { get; init; }

    /// <summary>What an older system called it; null for a card that was bought here.</summary>
    public string? SourceId { get; init; }

    /// <summary>HMAC-SHA256 of the code, by which it is found.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>Names the pepper that hashed and sealed the code.</summary>
    public required string PepperId { get; init; }

    /// <summary>The code's last four characters, for its buyer to tell cards apart.</summary>
    public required string Last4 { get; init; }

    /// <summary>The code for replays, readable under the pepper alone; null once it may not be shown any more.</summary>
    public byte[]? SealedCode { get; private set; }

    /// <summary>When the sealed code is deleted at the latest.</summary>
    public DateTime? SealedUntil { get; private set; }

    public required DateTime ExpiresAt { get; init; }

    public CardStatus Status { get; private set; } = CardStatus.Issuing;

    public required DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>When the buyer's tokens were taken.</summary>
    public DateTime? IssuedAt { get; private set; }

    /// <summary>The buyer's balance right after: what the first answer said, and every repeat says.</summary>
    public long? IssuedBalance { get; private set; }

    /// <summary>
    /// Names the one attempt to end the card, and the posting that ends it; a new one each time it is claimed.
    /// </summary>
    public Guid? ClaimId { get; private set; }

    /// <summary>Who redeems it.</summary>
    public Guid? RedeemerId { get; private set; }

    /// <summary>The redeemer's name for the request; null when it came without one.</summary>
    public string? RedeemKey { get; private set; }

    /// <summary>When its tokens moved on.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>The balance of whoever got them, right after.</summary>
    public long? EndedBalance { get; private set; }

    /// <summary>When the worker goes on with it, unless its request does before; null while there is nothing to go on with.</summary>
    public DateTime? NextCheckAt { get; private set; }

    /// <summary>Times that going on failed for a reason that waiting doesn't mend.</summary>
    public int Failures { get; private set; }

    /// <summary>Why it isn't gone on with before a person has looked; one of <see cref="Parking.ParkedReason"/>.</summary>
    public string? ParkedReason { get; private set; }

    /// <summary>Who gets the tokens when the card ends as it was claimed.</summary>
    internal Guid PayeeId => Status is CardStatus.Redeeming or CardStatus.Redeemed ? RedeemerId!.Value : MemberId;

    /// <param name="order">What is asked for.</param>
    /// <param name="id">The new card's.</param>
    /// <param name="code">The code as it is stored.</param>
    /// <param name="now">The time of the order.</param>
    /// <param name="sealedUntil">How long the code may be shown again.</param>
    /// <param name="rollBackAt">When it is rolled back, unless it is active before.</param>
    internal static GiftCard Open(
        CardOrder order, Guid id, StoredCode code, DateTime now, DateTime sealedUntil, DateTime rollBackAt) => new()
        {
            Id = id,
            MemberId = order.MemberId,
            IdempotencyKey = order.Key?.Value,
            PayloadHash = order.PayloadHash(),
            Tokens = order.Tokens,
            Message = order.Message,
            CodeHash = code.Hash,
            PepperId = code.PepperId,
            Last4 = code.Last4,
            SealedCode = code.Sealed,
            SealedUntil = code.Sealed is null ? null : sealedUntil,
            ExpiresAt = now.AddDays(order.ExpiresInDays),
            CreatedAt = now,
            UpdatedAt = now,
            NextCheckAt = rollBackAt,
        };

    /// <summary>A card of an older system, whose code nobody is shown again.</summary>
    /// <param name="line">What that system says of it.</param>
    /// <param name="id">Its id here.</param>
    /// <param name="code">Its code as rows keep it.</param>
    /// <param name="now">The time of taking it over.</param>
    internal static GiftCard TakeOver(PastCardLine line, Guid id, StoredCode code, DateTime now) => new()
    {
        Id = id,
        MemberId = line.MemberId,
        SourceId = line.SourceId,
        PayloadHash = line.PayloadHash(),
        Tokens = line.Tokens,
        Message = line.Message,
        CodeHash = code.Hash,
        PepperId = code.PepperId,
        Last4 = code.Last4,
        ExpiresAt = line.ExpiresAt,
        Status = CardStatus.Importing,
        CreatedAt = line.CreatedAt,
        UpdatedAt = now,
        NextCheckAt = now,
    };

    internal bool IsFor(CardOrder order) => PayloadHash.AsSpan().SequenceEqual(order.PayloadHash());

    /// <summary>Whether the code opens it at that moment.</summary>
    internal bool IsRedeemable(DateTime now) => Status == CardStatus.Active && ExpiresAt > now;

    internal void HasBeenIssued(PostingReceipt receipt)
    {
        Status = CardStatus.Active;
        IssuedAt = receipt.PostedAt;
        IssuedBalance = receipt.BalancesAfter[MemberId];
    }

    internal void HasBeenClaimed(CardClaim claim)
    {
        Status = claim.Status;
        ClaimId = claim.Id;
        RedeemerId = claim.RedeemerId;
        RedeemKey = claim.Key;
    }

    internal void HasEnded(PostingReceipt receipt)
    {
        EndedAt = receipt.PostedAt;
        EndedBalance = receipt.BalancesAfter[PayeeId];
        Status = Status.Outcome();
        SealedCode = null;
    }
}
