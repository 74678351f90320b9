namespace Tokens.Platform.Caching;

/// <summary>Where several hosts share a database and nothing else, nothing can be remembered: every figure is loaded.</summary>
internal sealed class NoFigureCache : IFigureCache
{
    public bool IsShared => false;

    public bool IsInDoubt => false;

    public CacheMoment Now() => default;

    public async ValueTask<CachedFigure> ReadAsync(
        Guid id, Func<Guid, CancellationToken, Task<Figure>> load, CancellationToken cancellationToken) =>
        new(await load(id, cancellationToken), IsCached: false);

    public ValueTask<bool> WriteAsync(CacheMoment before, IReadOnlyList<Figure> figures) => ValueTask.FromResult(true);

    public void DoubtEverything()
    {
    }
}
