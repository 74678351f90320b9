using System.Globalization;
using System.Text;

namespace Tokens.Host.Telemetry;

/// <summary>The labels of a sample, in order; names that become the same one share its label.</summary>
internal sealed class MetricLabels
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    internal string Text => Write(_values);

    internal void Add(string tag, object? value)
    {
        var name = MetricNames.Label(tag);
        var text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        _values[name] = _values.TryGetValue(name, out var known) ? $"{known};{text}" : text;
    }

    /// <summary>The same with one more at the end.</summary>
    internal string With(string name, string value) => Write([.. _values, new(name, value)]);

    private static string Write(IEnumerable<KeyValuePair<string, string>> values)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"");
            foreach (var character in value)
            {
                _ = character switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(character),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
