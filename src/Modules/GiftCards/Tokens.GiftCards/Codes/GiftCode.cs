using System.Text;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.GiftCards.Codes;

/// <summary>The code of a gift card, a secret: the card is redeemed by its code alone.</summary>
internal static class GiftCode
{
    /// <summary>Most UTF-16 units of a code as it is typed: room for a whole redeem link with its query.</summary>
    internal const int TypedLengthMax = 2_048;

    /// <summary>Hexadecimal digits of a code that was taken over from an older system.</summary>
    internal const int ImportedDigits = 16;

    private const int Digits = 32;
    private const int LastLength = 4;
    private const string LinkPage = "/redeem";

    /// <summary>A version-4 UUID from the cryptographic generator, in lower case with hyphens.</summary>
    internal static string New() => Uuid.NewRandom().ToString();

    /// <summary>
    /// The hexadecimal digits of the code in lower case, as they are hashed; null when the text is no code. The text is a code in any case
    /// and width, with any dashes, white space and format characters, or a redeem link that ends with one or has it as its fragment.
    /// </summary>
    internal static string? Parse(string typed)
    {
        if (typed.Length > TypedLengthMax)
        {
            return null;
        }

        var text = WithoutBlanks(typed);
        if (FindInLink(text) is { } linked)
        {
            text = linked.Contains('%', StringComparison.Ordinal) ? WithoutBlanks(Uri.UnescapeDataString(linked)) : linked;
        }

        return text.Length is Digits or ImportedDigits && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
    }

    internal static string Last4Of(string code) => code[^LastLength..];

    private static string WithoutBlanks(string text)
    {
        var rest = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            var ascii = TypedText.ToAscii(character);
            if (!TypedText.IsBlank(ascii) && !TypedText.IsDash(ascii))
            {
                rest.Append(ascii);
            }
        }

        return rest.ToString();
    }

    /// <summary>What stands in a redeem link in the place of the code; null when the text is no such link.</summary>
    private static string? FindInLink(string text)
    {
        var at = 0;
        while ((at = text.IndexOf(LinkPage, at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            at += LinkPage.Length;
            if (AfterPage(text.AsSpan(at)) is { IsEmpty: false } code)
            {
                return code.ToString();
            }
        }

        return null;
    }

    /// <summary>The segment of the path that follows the page, or else the fragment; empty when there is neither.</summary>
    private static ReadOnlySpan<char> AfterPage(ReadOnlySpan<char> rest)
    {
        if (rest is not ['/' or '?' or '#', ..])
        {
            return default;
        }

        rest = rest.TrimStart('/');
        if (rest is ['?', ..])
        {
            rest = rest.IndexOf('#') is >= 0 and var fragmentAt ? rest[fragmentAt..] : default;
        }

        rest = rest.TrimStart("#/");
        return rest.IndexOfAny("/?#&") is >= 0 and var end ? rest[..end] : rest;
    }
}
