using System.Globalization;
using System.Text.RegularExpressions;

namespace Tokens.Bench.Load;

/// <summary>Reads what pgbench prints.</summary>
internal static partial class PgbenchOutput
{
    /// <exception cref="FormatException">A line that is always there is missing.</exception>
    internal static LoadResult Parse(string output)
    {
        // Failed transactions are not among the processed ones; releases before 15 don't speak of them.
        var failed = (long)(Number(Failed(), output) ?? 0);
        var processed = (long)(Number(Processed(), output) ?? throw Unusual(output));
        return new LoadResult(
            processed + failed, Number(PerSecond(), output) ?? throw Unusual(output), P50Ms: null, P99Ms: null, failed, Broken: 0);
    }

    private static double? Number(Regex line, string output) =>
        line.Match(output) is { Success: true } match ? double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    private static FormatException Unusual(string output) => new($"pgbench printed something else than usual:\n{output}");

    [GeneratedRegex(@"^number of transactions actually processed: (?<number>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Processed();

    [GeneratedRegex(@"^number of failed transactions: (?<number>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^tps = (?<number>[\d.]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PerSecond();
}
