using Tokens.Platform.Inputs;

namespace Tokens.Wallet.Transactions;

/// <summary>A cell of a CSV file that holds text of members.</summary>
internal static class CsvCell
{
    // Spreadsheets take text that begins with one of these for a formula; an apostrophe before it makes it text again.
    private const string FormulaSigns = "=+-@";

    /// <summary>The text in quotes, so that no spreadsheet takes it for a formula; nothing for null.</summary>
    internal static string OfText(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var safe = MayBeFormula(text) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Whether the first visible character is a formula's sign in any width, or the text begins with a tab or line end.</summary>
    private static bool MayBeFormula(string text)
    {
        if (text.StartsWith('\t') || text.StartsWith('\r') || text.StartsWith('\n'))
        {
            return true;
        }

        foreach (var character in text.EnumerateRunes())
        {
            if (!TypedText.IsBlank(character))
            {
                var ascii = TypedText.ToAscii(character);
                return ascii.IsAscii && FormulaSigns.Contains((char)ascii.Value, StringComparison.Ordinal);
            }
        }

        return false;
    }
}
