using System.Globalization;
using System.Text;

namespace Tokens.Platform.Inputs;

/// <summary>
/// Classifies the characters of text that was typed, pasted or passed on by other programs. By hand, because <c>string.Normalize</c>
/// changes nothing under invariant globalization.
/// </summary>
public static class TypedText
{
    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthOffset = FullWidthFirst - '!';

    /// <summary>Whether the character is white space, a control character or a format character such as a zero-width space.</summary>
    public static bool IsBlank(Rune character) => Rune.GetUnicodeCategory(character)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;

    /// <summary>Whether the character is a hyphen, a dash, a minus sign or a stroke that keyboards write in their place.</summary>
    public static bool IsDash(Rune character) => Rune.GetUnicodeCategory(character) == UnicodeCategory.DashPunctuation
        || character.Value is 0x2212 or 0x02D7 or 0x2043 or 0x2796 or 0x30FC or 0xFF70;

    /// <summary>The ASCII character of which this is the full-width or small form; every other character as it is.</summary>
    public static Rune ToAscii(Rune character) => character.Value switch
    {
        >= FullWidthFirst and <= FullWidthLast and var value => new Rune(value - FullWidthOffset),
        0xFE62 => new Rune('+'),
        0xFE63 => new Rune('-'),
        0xFE66 => new Rune('='),
        0xFE6B => new Rune('@'),
        _ => character,
    };
}
