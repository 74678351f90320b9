using System.Globalization;

namespace Tokens.Bench.Settings;

/// <summary>Reads options of the form <c>--name value</c>, each given at most once.</summary>
internal sealed class OptionReader
{
    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _known = [];

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
        if (Find(name) is not { } text)
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new OptionException($"{name} must be a whole number from {minimum:N0} to {maximum:N0}, not '{text}'.");
    }

    internal string Text(string name, string usual) => Find(name) ?? usual;

    /// <exception cref="OptionException">An option was given that nobody has asked for.</exception>
    internal void End()
    {
        string[] unknown = [.. _values.Keys.Where(name => !_known.Contains(name))];
        if (unknown.Length > 0)
        {
            throw new OptionException($"There is no option {string.Join(" or ", unknown)}.");
        }
    }

    // Two groups of options may share a name, such as the number of rounds.
    private string? Find(string name)
    {
        _known.Add(name);
        return _values.GetValueOrDefault(name);
    }
}
