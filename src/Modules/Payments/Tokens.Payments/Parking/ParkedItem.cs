namespace Tokens.Payments.Parking;

/// <summary>A purchase or an event that waits for a person.</summary>
/// <param name="Kind">One of <see cref="ParkedKind"/>.</param>
/// <param name="Id">The event's id, or the purchase's.</param>
/// <param name="Reason">One of <see cref="ParkedReason"/>.</param>
/// <param name="PurchaseId">The purchase, or the one that the event is about.</param>
/// <param name="PaymentIntentId">Stripe's id of the payment; null when the purchase has none.</param>
/// <param name="AmountMinor">What the purchase costs, or what the event says was taken; in the currency's minor unit.</param>
/// <param name="Currency">Three letters in lower case.</param>
/// <param name="Failures">Times that it failed for a reason that waiting doesn't mend.</param>
/// <param name="ParkedAt">When it was parked.</param>
internal sealed record ParkedItem(
    string Kind,
    string Id,
    string Reason,
    Guid PurchaseId,
    string? PaymentIntentId,
    long AmountMinor,
    string Currency,
    int Failures,
    DateTime? ParkedAt);
