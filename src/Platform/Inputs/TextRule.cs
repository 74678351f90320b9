namespace Tokens.Platform.Inputs;

/// <summary>What a text must be.</summary>
/// <param name="Name">JSON name of the field.</param>
/// <param name="Title">Names the fault, as the title of the problem.</param>
/// <param name="LengthMaximum">Most UTF-16 units allowed.</param>
public sealed record TextRule(string Name, string Title, int LengthMaximum)
{
    /// <summary>Fewest UTF-16 units allowed.</summary>
    public int LengthMinimum { get; init; }

    /// <summary>Whether control characters are allowed; U+0000 never is.</summary>
    public bool AllowsControlCharacters { get; init; } = true;

    /// <summary>What the text may be, for the OpenAPI document; null when the name says it.</summary>
    public string? Description { get; init; }

    internal string? FaultOf(string? text)
    {
        if (text is null)
        {
            return $"{Name} must be text.";
        }

        if (text.Length < LengthMinimum || text.Length > LengthMaximum)
        {
            return LengthMinimum > 0
                ? $"{Name} must have {LengthMinimum} to {LengthMaximum} characters."
                : $"{Name} must have at most {LengthMaximum} characters.";
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || (!AllowsControlCharacters && char.IsControl(c)))
            {
                return $"{Name} must not hold control characters.";
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return $"{Name} must be valid Unicode.";
            }
        }

        return null;
    }
}
