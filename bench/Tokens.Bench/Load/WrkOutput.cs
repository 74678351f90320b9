using System.Globalization;
using System.Text.RegularExpressions;

namespace Tokens.Bench.Load;

/// <summary>Reads what <c>wrk --latency</c> prints.</summary>
internal static partial class WrkOutput
{
    private static readonly string[] ErrorKinds = ["connect", "read", "write", "timeout"];

    /// <exception cref="FormatException">A line that is always there is missing.</exception>
    internal static LoadResult Parse(string output) => new(
        (long)(Number(Requests().Match(output), "count") ?? throw Unusual(output)),
        Number(PerSecond().Match(output), "rate") ?? throw Unusual(output),
        Percentile("50", output),
        Percentile("99", output),
        (long)(Number(Refused().Match(output), "count") ?? 0),
        Broken(SocketErrors().Match(output)));

    private static long Broken(Match errors) => (long)ErrorKinds.Sum(kind => Number(errors, kind) ?? 0);

    private static double Percentile(string percent, string output)
    {
        var line = Distribution().Matches(output).FirstOrDefault(line => line.Groups["percent"].Value == percent);
        return (line is null ? null : Number(line, "latency")) * line?.Groups["unit"].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => null,
        } ?? throw Unusual(output);
    }

    private static double? Number(Match line, string group) =>
        line.Groups[group] is { Success: true } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : null;

    private static FormatException Unusual(string output) => new($"wrk printed something else than usual:\n{output}");

    [GeneratedRegex(@"^\s*(?<count>\d+) requests in ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Requests();

    [GeneratedRegex(@"^Requests/sec:\s*(?<rate>[\d.]+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PerSecond();

    [GeneratedRegex(
        @"^\s*(?<percent>\d+)%\s+(?<latency>[\d.]+)(?<unit>us|ms|s|m|h)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Distribution();

    [GeneratedRegex(@"^\s*Non-2xx or 3xx responses: (?<count>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(
        @"^\s*Socket errors: connect (?<connect>\d+), read (?<read>\d+), write (?<write>\d+), timeout (?<timeout>\d+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex SocketErrors();
}
