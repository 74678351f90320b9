namespace Tokens.GiftCards.Gifts;

/// <summary>What a sender wrote with a gift: personal text, beside the gift so that it can be erased.</summary>
internal sealed class GiftWords
{
    public required Guid GiftId { get; init; }

    public string? Message { get; init; }

    public string? Channel { get; init; }

    public string? GiftName { get; init; }

    public string? GiftEmoji { get; init; }
}
