namespace Tokens.Payments.Parking;

/// <summary>Where a page of parked items ended: <c>stripe_event:evt_1</c> or <c>purchase:{id}</c>.</summary>
/// <param name="EventId">Events up to this one have been listed; null when all have.</param>
/// <param name="PurchaseId">Purchases up to this one have been listed.</param>
internal sealed record ParkedCursor(string? EventId, Guid PurchaseId)
{
    internal static readonly ParkedCursor Start = new("", Guid.Empty);

    internal static ParkedCursor Behind(ParkedItem item) => item.Kind == ParkedKind.StripeEvent
        ? new ParkedCursor(item.Id, Guid.Empty)
        : new ParkedCursor(null, item.PurchaseId);

    internal static ParkedCursor? TryParse(string? text) => text?.Split(':', 2) switch
    {
        [ParkedKind.StripeEvent, { Length: > 0 } eventId] => new ParkedCursor(eventId, Guid.Empty),
        [ParkedKind.Purchase, var id] when Guid.TryParseExact(id, "D", out var purchaseId) => new ParkedCursor(null, purchaseId),
        _ => null,
    };

    public override string ToString() => EventId is null ? $"{ParkedKind.Purchase}:{PurchaseId}" : $"{ParkedKind.StripeEvent}:{EventId}";
}
