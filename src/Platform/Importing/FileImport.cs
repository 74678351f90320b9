using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tokens.Platform.Inputs;

namespace Tokens.Platform.Importing;

/// <summary>
/// Takes over a file of lines, each a JSON object that says its <c>kind</c>. What was taken over before is left as it is, so that an
/// import that was interrupted is simply run again.
/// </summary>
public sealed class FileImport(IEnumerable<ILineImporter> importers, IOptions<ImportOptions> options)
{
    // Under this name lines are counted that say no kind that there is.
    private const string NoKind = "unreadable";

    private readonly Dictionary<string, ILineImporter> _importers = importers.ToDictionary(importer => importer.Kind);

    /// <summary>Reads all of it.</summary>
    /// <param name="file">UTF-8, a line an object.</param>
    /// <param name="isDryRun">Whether everything is only checked.</param>
    /// <param name="refusals">Gets a line for each that was refused: its number, its kind and the reason, with tabs between.</param>
    /// <param name="progress">Called now and then.</param>
    /// <param name="cancellationToken">Stops between two writes.</param>
    public async Task<ImportCounts> RunAsync(
        Stream file, bool isDryRun, TextWriter refusals, Action<ImportCounts> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refusals);
        ArgumentNullException.ThrowIfNull(progress);
        var counts = new ImportCounts();
        var batch = new List<NumberedLine>();
        await foreach (var bytes in LineStream.ReadAsync(file, options.Value.LineBytesMax, cancellationToken))
        {
            counts.Lines++;
            if (Read(counts.Lines, bytes) is { } line)
            {
                batch.Add(line);
            }

            if (batch.Count >= options.Value.LinesAtOnce)
            {
                await TakeAsync();
            }
        }

        await TakeAsync();
        return counts;

        async Task TakeAsync()
        {
            await TakeBatchAsync(batch, isDryRun, counts, refusals, cancellationToken);
            batch.Clear();
            progress(counts);
        }
    }

    private async Task TakeBatchAsync(
        List<NumberedLine> batch, bool isDryRun, ImportCounts counts, TextWriter refusals, CancellationToken cancellationToken)
    {
        var refused = new List<(long Number, string Kind, string Reason)>();
        foreach (var group in batch.GroupBy(line => line.Kind))
        {
            NumberedLine[] lines = [.. group];
            var verdicts = _importers.TryGetValue(group.Key, out var importer)
                ? await importer.TakeAsync([.. lines.Select(line => line.Json)], isDryRun, cancellationToken)
                : [.. lines.Select(line => LineVerdict.Refused(line.Fault ?? $"kind must be one of {string.Join(", ", _importers.Keys.Order())}."))];
            foreach (var (line, verdict) in lines.Zip(verdicts))
            {
                counts.Count(group.Key, verdict.Fate);
                if (verdict.Reason is { } reason)
                {
                    refused.Add((line.Number, group.Key, reason));
                }
            }
        }

        foreach (var (number, kind, reason) in refused.OrderBy(each => each.Number))
        {
            await refusals.WriteLineAsync($"{number}\t{kind}\t{reason}");
        }
    }

    /// <summary>Null for a blank line.</summary>
    private NumberedLine? Read(long number, byte[]? bytes)
    {
        if (bytes is null)
        {
            return Unreadable($"The line has more than {options.Value.LineBytesMax} bytes.");
        }

        var text = bytes.AsSpan();
        if (number == 1 && text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (text.Trim(" \t\r"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            var json = JsonElement.Parse(text, JsonBody.Strict);
            return json.ValueKind != JsonValueKind.Object ? Unreadable("The line must be a JSON object.")
                : json.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && _importers.ContainsKey(kind.GetString()!)
                ? new NumberedLine(number, kind.GetString()!, json, null)
                : new NumberedLine(number, NoKind, json, null);
        }
        // Half a surrogate pair in a name or in the kind is an InvalidOperationException.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Unreadable("The line must be valid JSON in UTF-8, with no member given twice.");
        }

        NumberedLine Unreadable(string reason) => new(number, NoKind, default, reason);
    }

    private sealed record NumberedLine(long Number, string Kind, JsonElement Json, string? Fault);
}
