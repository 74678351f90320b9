using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Tokens.Platform.Time;

/// <summary>
/// Time zones by their names in the IANA list. The list is part of the product, because the machine's own directory also answers to
/// paths that are no names, such as <c>Europe//Berlin</c>, <c>right/UTC</c> and <c>localtime</c>, and not every machine has an index of it.
/// </summary>
public static class TimeZones
{
    /// <summary>Greatest number of characters of a name.</summary>
    public const int NameLengthMax = 64;

    private static readonly Lazy<FrozenSet<string>> Listed = new(ReadList);

    // Zones that are younger than the list, as far as the machine's index names them.
    private static readonly Lazy<FrozenSet<string>> OfMachine = new(
        () => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(HasShapeOfName).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The names of the list, links such as <c>US/Eastern</c> included. A machine with older rules may not know all of them.</summary>
    public static IReadOnlyCollection<string> Names => Listed.Value;

    /// <summary>Finds a zone by its name.</summary>
    /// <param name="name">Case-sensitive; <c>UTC</c> is one.</param>
    /// <param name="zone">Has <paramref name="name"/> as its id.</param>
    /// <returns>False unless the list has the name and the machine has the zone's rules.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        ArgumentNullException.ThrowIfNull(name);
        zone = null;
        return (Listed.Value.Contains(name) || (HasShapeOfName(name) && OfMachine.Value.Contains(name)))
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>Finds the zone of a name that was valid when it was stored; UTC if the name is valid no longer.</summary>
    public static TimeZoneInfo FindOrUtc(string name) => TryFind(name, out var zone) ? zone : TimeZoneInfo.Utc;

    private static bool HasShapeOfName(string name) => name.Length <= NameLengthMax && name.Contains('/', StringComparison.Ordinal);

    private static FrozenSet<string> ReadList()
    {
        using var list = typeof(TimeZones).Assembly.GetManifestResourceStream("iana-names.txt")!;
        using var reader = new StreamReader(list);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
