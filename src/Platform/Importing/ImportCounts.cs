namespace Tokens.Platform.Importing;

/// <summary>How far an import has come.</summary>
public sealed class ImportCounts
{
    private readonly SortedDictionary<string, int[]> _byKind = new(StringComparer.Ordinal);

    /// <summary>Lines read, blank ones too.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines of every kind that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>By kind, how many lines were taken, known and refused.</summary>
    public IEnumerable<(string Kind, int Taken, int Known, int Refused)> ByKind => _byKind.Select(
        kind => (kind.Key, kind.Value[(int)LineFate.Taken], kind.Value[(int)LineFate.Known], kind.Value[(int)LineFate.Refused]));

    internal void Count(string kind, LineFate fate)
    {
        if (!_byKind.TryGetValue(kind, out var counts))
        {
            _byKind[kind] = counts = new int[Enum.GetValues<LineFate>().Length];
        }

        counts[(int)fate]++;
        Refused += fate == LineFate.Refused ? 1 : 0;
    }
}
