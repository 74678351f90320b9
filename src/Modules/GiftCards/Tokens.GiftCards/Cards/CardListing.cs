namespace Tokens.GiftCards.Cards;

/// <summary>How a buyer sees the states: where a card goes, not how far it has got on the way.</summary>
internal static class CardListing
{
    internal const string Active = "active";
    internal const string Redeemed = "redeemed";
    internal const string Expired = "expired";
    internal const string Cancelled = "cancelled";

    internal static readonly string[] All = [Active, Redeemed, Expired, Cancelled];

    /// <summary>Those that are, or have been, active: of others nobody has heard.</summary>
    internal static IQueryable<GiftCard> Listed(IQueryable<GiftCard> cards) => cards.Where(card => card.Status != CardStatus.Issuing
        && card.Status != CardStatus.Importing && card.Status != CardStatus.Revoking && card.Status != CardStatus.Revoked);

    internal static string Of(GiftCard card, DateTime now) => card.Status switch
    {
        CardStatus.Redeeming or CardStatus.Redeemed => Redeemed,
        CardStatus.Cancelling or CardStatus.Cancelled => Cancelled,
        CardStatus.Active when card.ExpiresAt > now => Active,
        _ => Expired,
    };

    /// <summary>The cards that <see cref="Of"/> calls so; all that ever were active without a status.</summary>
    internal static IQueryable<GiftCard> Filter(IQueryable<GiftCard> cards, string? status, DateTime now) => status switch
    {
        Active => cards.Where(card => card.Status == CardStatus.Active && card.ExpiresAt > now),
        Redeemed => cards.Where(card => card.Status == CardStatus.Redeeming || card.Status == CardStatus.Redeemed),
        Cancelled => cards.Where(card => card.Status == CardStatus.Cancelling || card.Status == CardStatus.Cancelled),
        Expired => cards.Where(card => card.Status == CardStatus.Expiring || card.Status == CardStatus.Expired
            || (card.Status == CardStatus.Active && card.ExpiresAt <= now)),
        _ => Listed(cards),
    };
}
