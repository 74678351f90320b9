using System.Text;

namespace Tokens.Platform.Identity;

/// <summary>The name that a sign-in gives its member, as the product keeps it.</summary>
public static class DisplayName
{
    /// <summary>Most characters (UTF-16) of a name.</summary>
    public const int LengthMax = 100;

    /// <summary>The name without control characters, cut at <see cref="LengthMax"/> without splitting a character; null if nothing is left.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string? Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = new StringBuilder(LengthMax);
        foreach (var rune in text.EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > LengthMax)
            {
                break;
            }

            if (!Rune.IsControl(rune))
            {
                name.Append(rune);
            }
        }

        return name.Length > 0 ? name.ToString() : null;
    }
}
