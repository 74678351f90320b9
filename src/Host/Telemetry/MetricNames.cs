using System.Text;

namespace Tokens.Host.Telemetry;

/// <summary>Names as Prometheus has them: <c>http.server.request.duration</c> in seconds is <c>http_server_request_duration_seconds</c>.</summary>
internal static class MetricNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["By"] = "bytes",
        ["d"] = "days",
        ["%"] = "percent",
    };

    /// <summary>The family's name, without <c>_total</c>.</summary>
    internal static string Family(string instrument, string unit)
    {
        var name = Clean(instrument);
        var suffix = UnitOf(unit);
        return suffix.Length == 0 || name.EndsWith("_" + suffix, StringComparison.Ordinal) ? name : $"{name}_{suffix}";
    }

    /// <summary>The unit as a word; empty for plain numbers and for counted things, such as <c>{request}</c>.</summary>
    internal static string UnitOf(string unit) => unit is "" or "1" || unit[0] == '{' ? "" : Units.GetValueOrDefault(unit) ?? Clean(unit);

    internal static string Label(string tag) => Clean(tag);

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            clean.Append(char.IsAsciiLetterOrDigit(character) || character == ':' ? character : '_');
        }

        return char.IsAsciiDigit(clean[0]) ? clean.Insert(0, '_').ToString() : clean.ToString();
    }
}
