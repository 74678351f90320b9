using System.Security.Cryptography;
using System.Text.Json;
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

    internal bool HasWords => Message is not null || Channel is not null || GiftName is not null || GiftEmoji is not null;

    /// <summary>SHA-256 of what the client chose, in one canonical form.</summary>
    internal byte[] PayloadHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { RecipientId, Tokens, Message, GiftType, CatalogId, GiftName, GiftEmoji, Channel }));
}
