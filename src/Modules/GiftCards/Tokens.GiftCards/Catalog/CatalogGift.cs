namespace Tokens.GiftCards.Catalog;

/// <summary>A picture that is given with tokens, at a price of its own.</summary>
internal sealed class CatalogGift
{
    /// <summary>1 to 50 characters, no two gifts alike.</summary>
    public string Id { get; set; } = "";

    /// <summary>1 to 100 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>1 to 32 characters.</summary>
    public string Emoji { get; set; } = "";

    /// <summary>Tokens, 1 to 10,000: what a single gift may be.</summary>
    public long Cost { get; set; }
}
