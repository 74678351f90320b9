namespace Tokens.GiftCards.Parking;

/// <summary>A card or a gift that waits for a person.</summary>
/// <param name="Kind">One of <see cref="ParkedKind"/>.</param>
/// <param name="Id">The card's id, or the gift's.</param>
/// <param name="Reason">One of <see cref="ParkedReason"/>.</param>
/// <param name="Status">The state in which it is stuck.</param>
/// <param name="MemberId">The buyer, or the sender.</param>
/// <param name="Tokens">What it is about.</param>
/// <param name="Failures">Times that it failed.</param>
/// <param name="CreatedAt">When it was asked for.</param>
internal sealed record ParkedItem(
    string Kind, Guid Id, string Reason, string Status, Guid MemberId, long Tokens, int Failures, DateTime CreatedAt);
