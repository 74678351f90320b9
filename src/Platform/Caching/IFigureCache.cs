namespace Tokens.Platform.Caching;

/// <summary>
/// Remembers figures that are read far more often than they change. After a write has returned, no reader of this host is told an
/// older figure, whatever becomes of the cache; nor is one of another host, if the write returned true.
/// </summary>
public interface IFigureCache
{
    /// <summary>Whether it outlives the process and is shared with other hosts, so that somebody must repair what a dead host left.</summary>
    bool IsShared { get; }

    /// <summary>Whether this host has writes that may not have reached the cache, and doesn't trust it for now.</summary>
    bool IsInDoubt { get; }

    /// <summary>The moment now, for a write that follows from a transaction that begins, or a reading that is made, after it.</summary>
    CacheMoment Now();

    /// <summary>
    /// The figure as the cache knows it, else as <paramref name="load"/> finds it, which one of many readers at once calls. Never fails
    /// because of the cache, nor waits for it longer than for a command.
    /// </summary>
    /// <param name="id">Whose figure.</param>
    /// <param name="load">Reads what is committed. It is not cancelled with one of its readers.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<CachedFigure> ReadAsync(Guid id, Func<Guid, CancellationToken, Task<Figure>> load, CancellationToken cancellationToken);

    /// <summary>
    /// Writes committed figures; an older one never replaces a newer one. Never throws, and takes no longer than
    /// <see cref="FigureCacheOptions.WriteTimeoutMilliseconds"/>; false says that it isn't known whether the cache took them, which
    /// this host then remembers.
    /// </summary>
    /// <param name="before">A moment before the figures were committed or read.</param>
    /// <param name="figures">At most one for each id.</param>
    ValueTask<bool> WriteAsync(CacheMoment before, IReadOnlyList<Figure> figures);

    /// <summary>Trusts nothing that the cache holds now: it is forgotten, on all hosts, before this one uses it again.</summary>
    void DoubtEverything();
}
