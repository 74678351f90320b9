using CsvHelper;
using Tokens.Platform.Inputs;

namespace Tokens.Wallet.Transactions;

/// <summary>Writes a statement as CSV.</summary>
internal static class StatementCsv
{
    // Spreadsheets take text that begins with one of these for a formula; an apostrophe before it makes it text again.
    private const string FormulaSigns = "=+-@";

    // Without the byte order mark Excel reads the file in the machine's own encoding.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, BufferSize = 16 * 1024 };

    internal static async Task WriteAsync(Stream body, IAsyncEnumerable<Entry> entries)
    {
        await using var csv = CsvWriter.Create(body, Options, leaveOpen: true);
        csv.WriteHeader(
            "id", "type", "tokens", "amountUsd", "status", "balanceAfter", "relatedUserId", "channel", "message", "reference", "createdAt");
        await foreach (var entry in entries)
        {
            csv.WriteField(entry.Id);
            csv.WriteField(entry.Type);
            csv.WriteField(entry.Tokens);
            csv.WriteField(entry.AmountUsd);
            csv.WriteField(entry.Status);
            csv.WriteField(entry.BalanceAfter);
            csv.WriteField(entry.RelatedUserId);
            WriteText(csv, entry.Channel);
            WriteText(csv, entry.Message);
            WriteText(csv, entry.Reference);
            csv.WriteField(entry.CreatedAt, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
            await csv.EndRecordAsync();
        }
    }

    /// <summary>Returns the text so that no spreadsheet takes it for a formula.</summary>
    // The writer's own protection looks at the first character and knows only the signs of ASCII.
    internal static string Disarm(string text) => MayBeFormula(text) ? "'" + text : text;

    // Text of members is always quoted, so that no text is told from an empty one.
    private static void WriteText(CsvWriter csv, string? text)
    {
        if (text is null)
        {
            csv.WriteField("");
        }
        else
        {
            csv.WriteField(Disarm(text), CsvQuoting.Always);
        }
    }

    /// <summary>Returns whether the first visible character is a formula's sign in any width, or the text begins with a tab or line end.</summary>
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
