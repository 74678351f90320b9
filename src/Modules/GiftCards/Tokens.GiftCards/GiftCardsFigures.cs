using Microsoft.EntityFrameworkCore;
using Tokens.GiftCards.Data;
using Tokens.GiftCards.Parking;
using Tokens.Platform.Storage;
using Tokens.Platform.Telemetry;

namespace Tokens.GiftCards;

/// <summary>What waits for a person.</summary>
internal sealed class GiftCardsFigures(IModuleDb<GiftCardsDb> db) : IFigureReader
{
    private const string Parked = "tokens.gift_cards.parked.items";

    public string MeterName => GiftCardsMetrics.MeterName;

    public IReadOnlyList<FigureDescription> Figures { get; } = [new(Parked, "{item}", "Cards and gifts that wait for a person.")];

    public Task<IReadOnlyList<FigureReading>> ReadAsync(CancellationToken cancellationToken) => db.ReadAsync(ReadAsync, cancellationToken);

    private static async Task<IReadOnlyList<FigureReading>> ReadAsync(GiftCardsDb db, CancellationToken cancellationToken) =>
    [
        new(Parked, await db.Cards.CountAsync(card => card.ParkedReason != null, cancellationToken), "kind", ParkedKind.Card),
        new(Parked, await db.Gifts.CountAsync(gift => gift.ParkedReason != null, cancellationToken), "kind", ParkedKind.Gift),
    ];
}
