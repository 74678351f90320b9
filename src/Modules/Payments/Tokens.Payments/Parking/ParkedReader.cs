using Tokens.Platform.Operations;

namespace Tokens.Payments.Parking;

internal sealed class ParkedReader(ParkedItems items) : IParkedReader
{
    public async Task<IReadOnlyList<ParkedRow>> ReadAsync(int count, CancellationToken cancellationToken) =>
    [
        .. (await items.AfterAsync(cursor: null, count, cancellationToken))
            .Select(item => new ParkedRow(PaymentsModule.ModuleName, item.Kind, item.Id, item.Reason, item.ParkedAt)),
    ];
}
