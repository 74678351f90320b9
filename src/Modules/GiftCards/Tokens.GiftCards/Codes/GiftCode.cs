using Tokens.Platform.Time;

namespace Tokens.GiftCards.Codes;

/// <summary>The code of a gift card: whoever knows it may redeem the card.</summary>
internal static class GiftCode
{
    private const int LastLength = 4;

    /// <summary>A version-4 UUID from the cryptographic generator, in lower case with hyphens.</summary>
    internal static string New() => Uuid.NewRandom().ToString();

    /// <summary>The code as it is hashed, however it was typed: in lower case, without hyphens and blanks.</summary>
    internal static string Normalize(string text) =>
        string.Create(text.Length, text, static (span, typed) => typed.AsSpan().ToLowerInvariant(span))
            .Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal)
            .Trim();

    internal static string Last4Of(string code) => code[^LastLength..];
}
