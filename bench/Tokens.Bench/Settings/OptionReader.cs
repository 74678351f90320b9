using System.Globalization;

namespace Tokens.Bench.Settings;

/// <summary>Reads options of the form <c>--name value</c>, each at most once.</summary>
internal sealed class OptionReader
{
    private readonly Dictionary<string, string> _values = [];

    internal OptionReader(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                throw new OptionException($"{arguments[i]} lacks its value.");
            }

            if (!_values.TryAdd(arguments[i], arguments[i + 1]))
            {
                throw new OptionException($"{arguments[i]} is given twice.");
            }
        }
    }

    internal int Number(string name, int usual, int minimum, int maximum)
    {
        if (!_values.Remove(name, out var text))
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new OptionException($"{name} must be a whole number from {minimum:N0} to {maximum:N0}, not '{text}'.");
    }

    internal string Text(string name, string usual) => _values.Remove(name, out var text) ? text : usual;

    internal void End()
    {
        if (_values.Count > 0)
        {
            throw new OptionException($"There is no option {string.Join(" or ", _values.Keys)}.");
        }
    }
}
