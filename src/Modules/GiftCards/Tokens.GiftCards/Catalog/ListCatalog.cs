using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Tokens.GiftCards.Gifts;

namespace Tokens.GiftCards.Catalog;

/// <summary>GET /api/tokens/catalog: what can be given, as a bare list.</summary>
internal static class ListCatalog
{
    internal sealed record Item(string Id, string Name, string Emoji, long Cost, string Rarity);

    internal static Ok<IReadOnlyList<Item>> Handle(IOptions<GiftsOptions> options) => TypedResults.Ok<IReadOnlyList<Item>>(
        [.. options.Value.Catalog.Select(gift => new Item(gift.Id, gift.Name, gift.Emoji, gift.Cost, GiftCatalog.RarityOf(gift.Cost)))]);
}
