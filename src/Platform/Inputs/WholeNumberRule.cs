using System.Globalization;

namespace Tokens.Platform.Inputs;

/// <summary>What a whole number must be.</summary>
/// <param name="Name">JSON name of the field.</param>
/// <param name="Title">Names the fault, as the title of the problem.</param>
/// <param name="Minimum">Smallest number allowed.</param>
/// <param name="Maximum">Largest number allowed; at most <see cref="Largest"/>.</param>
public sealed record WholeNumberRule(string Name, string Title, long Minimum = 1, long Maximum = WholeNumberRule.Largest)
{
    /// <summary>2^53 - 1: the largest whole number that every JSON reader keeps exact.</summary>
    public const long Largest = 9_007_199_254_740_991;

    /// <summary>Other names under which old clients send the field; the first that is present counts.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The sentence for a wrong value, where the general one isn't wanted.</summary>
    public string? Sentence { get; init; }

    internal bool TryParse(RawValue value, out long number)
    {
        number = 0;
        return value.Kind is RawKind.Number or RawKind.Text
            && value.Characters() is { Length: > 0 and <= 20 } text
            // Checked here, because the parser also takes U+0000 behind the last digit.
            && !text.AsSpan(text[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number >= Minimum
            && number <= Maximum;
    }
}
