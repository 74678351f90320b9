namespace Tokens.GiftCards.Catalog;

/// <summary>What gifts there are unless the settings say otherwise, and how rare a price makes one.</summary>
internal static class GiftCatalog
{
    internal static readonly (string Id, string Name, string Emoji, long Cost)[] Defaults =
    [
        ("heart", "Heart", "❤️", 5),
        ("thumbs-up", "Thumbs Up", "👍", 10),
        ("clap", "Clap", "👏", 15),
        ("fire", "Fire", "🔥", 20),
        ("star", "Star", "⭐", 25),
        ("cake", "Cake", "🎂", 30),
        ("diamond", "Diamond", "💎", 50),
        ("ring", "Ring", "💍", 75),
        ("crown", "Crown", "👑", 100),
        ("gold-bar", "Gold Bar", "🪙", 150),
        ("trophy", "Trophy", "🏆", 200),
        ("rocket", "Rocket", "🚀", 250),
        ("champagne", "Champagne", "🍾", 300),
        ("sports-car", "Sports Car", "🏎️", 500),
        ("yacht", "Yacht", "🛥️", 750),
        ("mansion", "Mansion", "🏰", 1_000),
        ("private-jet", "Private Jet", "🛩️", 1_500),
        ("island", "Private Island", "🏝️", 2_500),
    ];

    internal static string RarityOf(long cost) => cost switch
    {
        <= 30 => "common",
        <= 150 => "rare",
        <= 250 => "epic",
        <= 1_000 => "legendary",
        _ => "mythic",
    };
}
