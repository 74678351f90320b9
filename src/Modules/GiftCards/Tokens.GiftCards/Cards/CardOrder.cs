using System.Security.Cryptography;
using System.Text.Json;
using Tokens.Platform.Inputs;

namespace Tokens.GiftCards.Cards;

/// <summary>What a buyer asks for.</summary>
/// <param name="MemberId">Who buys.</param>
/// <param name="Key">The client's name for the request; null when it sent none.</param>
/// <param name="Tokens">What goes onto the card.</param>
/// <param name="Message">Words to whoever redeems it.</param>
/// <param name="ExpiresInDays">How long it lives.</param>
internal sealed record CardOrder(Guid MemberId, IdempotencyKey? Key, long Tokens, string? Message, int ExpiresInDays)
{
    /// <summary>SHA-256 of what the client chose, in one canonical form.</summary>
    internal byte[] PayloadHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Tokens, Message, ExpiresInDays }));
}
