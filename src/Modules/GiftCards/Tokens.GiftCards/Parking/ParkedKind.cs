namespace Tokens.GiftCards.Parking;

/// <summary>What can be parked.</summary>
internal static class ParkedKind
{
    internal const string Card = "gift_card";
    internal const string Gift = "gift";
}
