namespace Tokens.GiftCards.Cards;

/// <summary>Takes an active card to end it, in one way and for one caller.</summary>
/// <param name="Status">Redeeming, cancelling or expiring.</param>
/// <param name="Id">Made beforehand, so that a claim whose commit was lost is recognised.</param>
/// <param name="RedeemerId">Who redeems it; null for the other ways.</param>
/// <param name="Key">The redeemer's idempotency key, if there is one.</param>
internal sealed record CardClaim(CardStatus Status, Guid Id, Guid? RedeemerId = null, string? Key = null);
