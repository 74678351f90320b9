using System.Security.Cryptography;
using System.Text.Json;
using Tokens.GiftCards.Catalog;
using Tokens.Platform.Inputs;

namespace Tokens.GiftCards.Gifts;

/// <summary>What a sender asks for, after reading.</summary>
internal sealed record GiftOrder
{
    internal required Guid SenderId { get; init; }

    internal required Guid RecipientId { get; init; }

    internal IdempotencyKey? Key { get; init; }

    internal required long Tokens { get; init; }

    internal string? Message { get; init; }

    internal string? GiftType { get; init; }

    internal string? CatalogId { get; init; }

    internal string? GiftName { get; init; }

    internal string? GiftEmoji { get; init; }

    internal string? Channel { get; init; }

    /// <summary>What the catalog has under that id; null when it has nothing.</summary>
    internal CatalogGift? Listed { get; init; }

    /// <summary>Of a gift in the catalog, the catalog knows better than the client.</summary>
    internal string? ShownName => Listed?.Name ?? GiftName;

    internal string? ShownEmoji => Listed?.Emoji ?? GiftEmoji;

    internal bool HasWords => Message is not null || Channel is not null || ShownName is not null || ShownEmoji is not null;

    /// <summary>SHA-256 of what the client chose, in one canonical form: a repeat is one whatever has become of the catalog.</summary>
    internal byte[] PayloadHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { RecipientId, Tokens, Message, GiftType, CatalogId, GiftName, GiftEmoji, Channel }));
}
