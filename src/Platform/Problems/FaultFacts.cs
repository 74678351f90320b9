using System.Collections.Immutable;

namespace Tokens.Platform.Problems;

/// <summary>Gives an exception the ids that the place which let it pass knows, for whoever logs it in the end.</summary>
public static class FaultFacts
{
    private static readonly object Key = new();

    /// <summary>Notes one fact: an id or a count, never a secret.</summary>
    /// <param name="fault">The exception on its way out.</param>
    /// <param name="name">Name in camel case.</param>
    /// <param name="value">An id or a number.</param>
    public static void Note(this Exception fault, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(fault);
        // One fault may leave by several ways at once.
        lock (fault.Data.SyncRoot)
        {
            fault.Data[Key] = Stored(fault).SetItem(name, value);
        }
    }

    internal static IEnumerable<KeyValuePair<string, object?>> Of(Exception? fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            foreach (var (name, value) in Stored(inner))
            {
                yield return new(name, value);
            }
        }
    }

    private static ImmutableSortedDictionary<string, object> Stored(Exception fault) =>
        fault.Data[Key] as ImmutableSortedDictionary<string, object>
        ?? ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);
}
