using System.Diagnostics.Metrics;
using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Gifts;
using Tokens.GiftCards.Redemptions;

namespace Tokens.GiftCards;

/// <summary>The meter <c>Tokens.GiftCards</c>; no tag carries an id or a code.</summary>
internal sealed class GiftCardsMetrics
{
    internal const string MeterName = "Tokens.GiftCards";
    internal const string AttemptsName = "tokens.gift_cards.redeem_attempts";

    private readonly Counter<long> _cards;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _gifts;
    private readonly Counter<long> _parked;

    public GiftCardsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _cards = meter.CreateCounter<long>("tokens.gift_cards.cards", "{card}", "Cards that reached a state.");
        _refused = meter.CreateCounter<long>("tokens.gift_cards.refused", "{card}", "Orders that were refused, by reason.");
        _attempts = meter.CreateCounter<long>(AttemptsName, "{attempt}", "Attempts to redeem, by how they ended.");
        _gifts = meter.CreateCounter<long>("tokens.gift_cards.gifts", "{gift}", "Gifts that reached a state.");
        _parked = meter.CreateCounter<long>("tokens.gift_cards.parked", "{item}", "Cards and gifts that were parked for a person, by reason.");
    }

    internal void CountCard(CardStatus status) => _cards.Add(1, new KeyValuePair<string, object?>("status", status.Wire()));

    /// <param name="reason">The problem's code.</param>
    internal void CountRefusedCard(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal void CountAttempt(RedeemOutcome outcome) => _attempts.Add(1, new KeyValuePair<string, object?>("result", outcome switch
    {
        RedeemOutcome.Redeemed { IsReplay: true } => "replayed",
        RedeemOutcome.Redeemed => "redeemed",
        RedeemOutcome.Own => "own_card",
        RedeemOutcome.KeyReused => "key_reused",
        RedeemOutcome.NoRoom => "no_room",
        RedeemOutcome.LockedOut => "locked_out",
        RedeemOutcome.Malformed => "malformed",
        _ => "not_found",
    }));

    internal void CountGift(GiftStatus status) =>
        _gifts.Add(1, new KeyValuePair<string, object?>("status", status.ToString().ToLowerInvariant()));

    /// <param name="kind">One of <see cref="Parking.ParkedKind"/>.</param>
    /// <param name="reason">One of <see cref="Parking.ParkedReason"/>.</param>
    internal void CountParked(string kind, string reason) =>
        _parked.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("reason", reason));
}
