using Tokens.Platform.Operations;

namespace Tokens.GiftCards.Parking;

internal sealed class ParkedReader(ParkedItems items) : IParkedReader
{
    public async Task<IReadOnlyList<ParkedRow>> ReadAsync(int count, CancellationToken cancellationToken) =>
    [
        // When it was parked isn't kept.
        .. (await items.AfterAsync(Guid.Empty, count, cancellationToken))
            .Select(item => new ParkedRow(GiftCardsModule.ModuleName, item.Kind, item.Id.ToString(), item.Reason, Since: null)),
    ];
}
