using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>A purchase from its first request on; the row says at every moment how to go on.</summary>
internal sealed class Purchase
{
    internal const string Usd = "usd";

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>One of <see cref="PurchaseRoutes"/>.</summary>
    public required string Route { get; init; }

    /// <summary>The client's name for the request; null when it sent none, or when a late payment found the key given on.</summary>
    public string? IdempotencyKey { get; private set; }

    public required byte[] PayloadHash { get; init; }

    public required long Tokens { get; init; }

    public required long BonusTokens { get; init; }

    /// <summary>In the currency's minor unit.</summary>
    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required string PaymentMethodId { get; init; }

    /// <summary>Stripe's customer for whom the payment method is kept, or is to be.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Whether the payment method is kept once it has paid.</summary>
    public bool SavesMethod { get; init; }

    /// <summary>Why the product bought by itself; null when the member did.</summary>
    public string? RefillTrigger { get; init; }

    /// <summary>Whether the next attempt is made without the member.</summary>
    public bool IsOffSession { get; private set; }

    public PurchaseStatus Status { get; private set; } = PurchaseStatus.Created;

    /// <summary>Null until Stripe has made the intent.</summary>
    public string? PaymentIntentId { get; private set; }

    /// <summary>The n in the key of the call that makes the intent, from 1.</summary>
    public int CreateAttempt { get; private set; } = 1;

    /// <summary>The n in the key of the call that starts the charge, from 1.</summary>
    public int ConfirmAttempt { get; private set; } = 1;

    /// <summary>Why the card was refused, in Stripe's words, also where the member is told less.</summary>
    public string? DeclineCode { get; private set; }

    public string? StripeCode { get; private set; }

    /// <summary>The ledger's transfer that credited the tokens.</summary>
    public Guid? TransferId { get; private set; }

    /// <summary>The member's balance in tokens right after the credit: what the first answer said, and every repeat of it says.</summary>
    public long? NewBalance { get; private set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The span of the order; null when it isn't traced.</summary>
    public string? TraceParent { get; init; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>When the purchase became final; of a succeeded one the moment of the credit.</summary>
    public DateTime? FinishedAt { get; private set; }

    /// <summary>Until then the host that claimed the purchase goes on with it alone.</summary>
    public DateTime? ClaimedUntil { get; private set; }

    /// <summary>
    /// Whether an equal order without a key is this one again: it came without one itself, and is open or its outcome has reached nobody.
    /// </summary>
    public bool IsJoinable { get; private set; }

    /// <summary>Whether an answer with an outcome has reached a caller; kept for purchases without a key.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>
    /// When Stripe is asked next. While the purchase is open: how it stands. Once it is final: to cancel the intent that it left; null
    /// when there is nothing more to do.
    /// </summary>
    public DateTime? NextCheckAt { get; private set; }

    /// <summary>Times that settling failed for a reason that waiting doesn't mend.</summary>
    public int Failures { get; private set; }

    /// <summary>Why it isn't settled any more before a person has looked; one of <see cref="Parking.ParkedReason"/>.</summary>
    public string? ParkedReason { get; private set; }

    /// <summary>Raised by every write, so that a host that lost its claim can't write over the next one's.</summary>
    public long Version { get; private set; }

    internal long TotalTokens => Tokens + BonusTokens;

    internal decimal AmountUsd => AmountMinor / 100m;

    /// <param name="order">What is asked for.</param>
    /// <param name="id">The new purchase's.</param>
    /// <param name="now">The time of the order.</param>
    /// <param name="claimedUntil">Until then it is driven by whoever opened it.</param>
    /// <param name="firstCheckAt">When it is settled, unless it is final before.</param>
    internal static Purchase Open(PurchaseOrder order, Guid id, DateTime now, DateTime claimedUntil, DateTime firstCheckAt) => new()
    {
        Id = id,
        MemberId = order.MemberId,
        Route = order.Route,
        IdempotencyKey = order.Key?.Value,
        PayloadHash = order.PayloadHash(),
        Tokens = order.Tokens,
        BonusTokens = order.BonusTokens,
        AmountMinor = order.AmountMinor,
        Currency = Usd,
        PaymentMethodId = order.PaymentMethodId,
        CustomerId = order.CustomerId,
        SavesMethod = order is { SavesMethod: true, IsMethodKept: false },
        RefillTrigger = order.RefillTrigger,
        IsOffSession = order.RefillTrigger is not null,
        // A refill has no caller that would send it again.
        IsJoinable = order.Key is null && order.RefillTrigger is null,
        CreatedAt = now,
        TraceParent = Platform.Telemetry.TraceParent.Current,
        UpdatedAt = now,
        ClaimedUntil = claimedUntil,
        NextCheckAt = firstCheckAt,
    };

    internal bool IsFor(PurchaseOrder order) => PayloadHash.AsSpan().SequenceEqual(order.PayloadHash());

    internal void HasIntent(string paymentIntentId) => PaymentIntentId = paymentIntentId;

    internal void RaiseCreateAttempt() => CreateAttempt++;

    internal void RaiseConfirmAttempt() => ConfirmAttempt++;

    /// <summary>The card wants its holder: from now on the member is asked.</summary>
    internal void NeedHolder()
    {
        IsOffSession = false;
        RaiseConfirmAttempt();
    }

    internal void StartCharge() => Status = Status.Become(PurchaseStatus.Processing);

    internal void AwaitMember() => Status = Status.Become(PurchaseStatus.RequiresAction);

    internal void Succeed(PostingReceipt receipt)
    {
        if (Status.IsFinal())
        {
            // Its caller was told that it failed, and may have bought again under the same key.
            IdempotencyKey = null;
        }

        Finish(PurchaseStatus.Succeeded, tidyAt: null);
        TransferId = receipt.TransferId;
        NewBalance = receipt.BalancesAfter[MemberId];
        FinishedAt = receipt.PostedAt;
    }

    /// <param name="declineCode">Why, in the issuer's words.</param>
    /// <param name="stripeCode">Why, in Stripe's.</param>
    /// <param name="now">The time of the refusal.</param>
    /// <param name="tidyAt">When the intent, which could still be paid with another card, is cancelled; null when it is already.</param>
    internal void Decline(string? declineCode, string? stripeCode, DateTime now, DateTime? tidyAt)
    {
        Finish(PurchaseStatus.Declined, tidyAt);
        DeclineCode = declineCode;
        StripeCode = stripeCode;
        FinishedAt = now;
    }

    /// <param name="now">The time of giving up.</param>
    /// <param name="tidyAt">When the intent is cancelled; null when it is already.</param>
    internal void Cancel(DateTime now, DateTime? tidyAt)
    {
        Finish(PurchaseStatus.Cancelled, tidyAt);
        // There is no outcome to be told again: an equal order is a new one.
        IsJoinable = false;
        FinishedAt = now;
    }

    internal void CheckAt(DateTime? moment) => NextCheckAt = moment;

    /// <summary>Leaves the purchase to a person, for one of <see cref="Parking.ParkedReason"/>.</summary>
    internal void Park(string reason)
    {
        ParkedReason = reason;
        NextCheckAt = null;
    }

    private void Finish(PurchaseStatus status, DateTime? tidyAt)
    {
        Status = Status.Become(status);
        NextCheckAt = PaymentIntentId is null ? null : tidyAt;
        IsJoinable = IsJoinable && !IsAnswered;
    }

    /// <summary>Stamps the next write.</summary>
    internal void Touch(DateTime now, DateTime? claimedUntil)
    {
        UpdatedAt = now;
        ClaimedUntil = claimedUntil;
        Version++;
    }
}
