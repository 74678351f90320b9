using System.Security.Cryptography;
using System.Text.Json;

namespace Tokens.GiftCards.MovingIn;

/// <summary>An active card of an older system.</summary>
/// <param name="SourceId">What the older system calls it.</param>
/// <param name="MemberId">Who bought it.</param>
/// <param name="Code">16 hexadecimal digits in lower case; a secret.</param>
/// <param name="Tokens">What lies on it.</param>
/// <param name="Message">The buyer's words.</param>
/// <param name="CreatedAt">When it was bought.</param>
/// <param name="ExpiresAt">When its buyer gets the tokens back.</param>
internal sealed record PastCardLine(
    string SourceId, Guid MemberId, string Code, long Tokens, string? Message, DateTime CreatedAt, DateTime ExpiresAt)
{
    // A record would print the code.
    public override string ToString() => $"card {SourceId}";

    /// <summary>SHA-256 of what the card is, but for its code and its words.</summary>
    internal byte[] PayloadHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { MemberId, Tokens, CreatedAt, ExpiresAt }));
}
