using System.Buffers;
using System.Globalization;

namespace Tokens.Platform.Inputs;

/// <summary>What an amount of US dollars must be: at most two decimals, so whole cents.</summary>
/// <param name="Name">JSON name of the field.</param>
/// <param name="Title">Names the fault, as the title of the problem.</param>
/// <param name="MinimumMinor">Smallest amount allowed, in cents; 0 or more.</param>
/// <param name="MaximumMinor">Largest amount allowed, in cents.</param>
public sealed record UsdRule(string Name, string Title, long MinimumMinor, long MaximumMinor)
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789.");

    internal bool TryParse(RawValue value, out long amountMinor)
    {
        amountMinor = 0;
        if (value.Kind is not (RawKind.Number or RawKind.Text)
            || value.Characters() is not { Length: > 0 and <= 20 } text
            // Checked here, because the parser also takes U+0000 behind the last digit.
            || text.AsSpan().ContainsAnyExcept(Characters)
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
            || usd * 100 is var minor && minor != decimal.Truncate(minor)
            || minor < MinimumMinor
            || minor > MaximumMinor)
        {
            return false;
        }

        amountMinor = (long)minor;
        return true;
    }
}
