namespace Tokens.Architecture.Tests.Rules;

/// <summary>
/// Every route belongs to the module that the table says, because four teams share one prefix. A table row is an exact path, or a
/// path with its whole subtree (<c>/**</c>); the longest that fits decides.
/// </summary>
internal static class RouteOwnership
{
    /// <param name="table">Row → owner.</param>
    /// <param name="routes">Route patterns as mapped, with the module that mapped them.</param>
    internal static IEnumerable<string> Violations(
        IReadOnlyDictionary<string, string> table, IReadOnlyCollection<(string Route, string Module)> routes)
    {
        foreach (var (route, module) in routes)
        {
            var row = RowFor(table, route);
            if (row is null)
            {
                yield return $"{route} of {module} is in no row of the table.";
            }
            else if (table[row] != module)
            {
                yield return $"{route} is {table[row]}'s by the table ({row}), but {module} maps it.";
            }
        }

        // A row of a module that is not there yet is a plan; one that a present module doesn't serve is stale.
        var served = routes.Select(route => RowFor(table, route.Route)).ToHashSet(StringComparer.Ordinal);
        var present = routes.Select(route => route.Module).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, owner) in table.Where(entry => present.Contains(entry.Value) && !served.Contains(entry.Key)))
        {
            yield return $"{row} is in the table for {owner}, which maps nothing there.";
        }
    }

    private static string? RowFor(IReadOnlyDictionary<string, string> table, string route)
    {
        var path = "/" + route.Trim('/');
        return table.Keys.Where(row => Covers(row, path)).MaxBy(row => row.Length);
    }

    private static bool Covers(string row, string path) =>
        row.EndsWith("/**", StringComparison.Ordinal)
            ? path == row[..^3] || path.StartsWith(row[..^2], StringComparison.OrdinalIgnoreCase)
            : path.Equals(row, StringComparison.OrdinalIgnoreCase);
}
