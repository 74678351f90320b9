namespace Tokens.Payments.Events;

/// <summary>
/// A webhook event in the inbox: what its effect needs, and no more of Stripe's object, which holds a client secret and card details.
/// </summary>
internal sealed class StripeEvent
{
    /// <summary>Stripe's id: the same event comes more than once.</summary>
    public required string Id { get; init; }

    /// <summary>Such as <c>payment_intent.succeeded</c>.</summary>
    public required string Type { get; init; }

    public required string PaymentIntentId { get; init; }

    /// <summary>From the intent's metadata; it only finds the purchase.</summary>
    public required Guid PurchaseId { get; init; }

    /// <summary>What was received, of an unpaid intent what was asked for; in the currency's minor unit.</summary>
    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    /// <summary>When Stripe made the event.</summary>
    public required DateTime CreatedAt { get; init; }

    public required DateTime ReceivedAt { get; init; }

    /// <summary>The span of its arrival; null when it isn't traced.</summary>
    public string? TraceParent { get; init; }

    public StripeEventStatus Status { get; private set; } = StripeEventStatus.Pending;

    /// <summary>Times that applying it failed for a reason that waiting doesn't mend.</summary>
    public int Failures { get; private set; }

    /// <summary>When a worker takes it next; a worker that takes it moves this on, so that no other one does.</summary>
    public DateTime? NextAttemptAt { get; private set; }

    /// <summary>Why no worker goes on with it; one of <see cref="Parking.ParkedReason"/>.</summary>
    public string? ParkedReason { get; private set; }

    /// <summary>When it was applied, ignored or parked.</summary>
    public DateTime? FinishedAt { get; private set; }

    /// <summary>What an attempt has changed.</summary>
    internal StripeEventOutcome Outcome => new(Status, Failures, NextAttemptAt, ParkedReason);

    internal void Apply() => Finish(StripeEventStatus.Applied);

    internal void Ignore() => Finish(StripeEventStatus.Ignored);

    internal void Park(string reason)
    {
        ParkedReason = reason;
        Finish(StripeEventStatus.Parked);
    }

    /// <summary>Puts it off for a reason that is not its own.</summary>
    internal void Postpone(DateTime until) => NextAttemptAt = until;

    /// <summary>Counts an attempt that failed for a reason that may be its own.</summary>
    internal void CountFailure() => Failures++;

    private void Finish(StripeEventStatus status)
    {
        Status = status;
        NextAttemptAt = null;
    }
}

/// <summary>How an attempt at an event ended.</summary>
internal readonly record struct StripeEventOutcome(StripeEventStatus Status, int Failures, DateTime? NextAttemptAt, string? ParkedReason);
