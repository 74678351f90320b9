using Microsoft.Extensions.Caching.Memory;

namespace Tokens.Platform.Caching;

/// <summary>
/// The cache of a process that is alone with its database. A reader that misses loads the figure once for all who miss it meanwhile;
/// a write parts it from those who come later and from the cache.
/// </summary>
internal sealed class MemoryFigureCache : IFigureCache, IDisposable
{
    private readonly TimeSpan _lifetime;
    private readonly CacheRequests _requests;
    private readonly TimeProvider _time;
    private readonly MemoryCache _entries;
    private readonly Dictionary<Guid, Task<Figure>> _loads = [];
    private readonly Lock _lock = new();

    internal MemoryFigureCache(FigureCacheOptions options, CacheRequests requests, TimeProvider time)
    {
        (_requests, _time) = (requests, time);
        _lifetime = TimeSpan.FromSeconds(options.LifetimeSeconds);
        _entries = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.EntriesMax });
    }

    public bool IsShared => false;

    public bool IsInDoubt => false;

    public CacheMoment Now() => default;

    public ValueTask<CachedFigure> ReadAsync(
        Guid id, Func<Guid, CancellationToken, Task<Figure>> load, CancellationToken cancellationToken)
    {
        if (Find(id) is { } entry)
        {
            _requests.Hit();
            return ValueTask.FromResult(new CachedFigure(entry.Figure, IsCached: true));
        }

        return MissAsync(id, load, cancellationToken);
    }

    public ValueTask<bool> WriteAsync(CacheMoment before, IReadOnlyList<Figure> figures)
    {
        lock (_lock)
        {
            foreach (var figure in figures)
            {
                // What is being loaded may be older: it is good for those who already wait for it, and for nobody else.
                _loads.Remove(figure.Id);
                if (Find(figure.Id) is not { } entry || entry.Figure.Version < figure.Version)
                {
                    Keep(figure);
                }
            }
        }

        return ValueTask.FromResult(true);
    }

    public void DoubtEverything()
    {
        lock (_lock)
        {
            _loads.Clear();
            _entries.Clear();
        }
    }

    public void Dispose() => _entries.Dispose();

    private async ValueTask<CachedFigure> MissAsync(
        Guid id, Func<Guid, CancellationToken, Task<Figure>> load, CancellationToken cancellationToken)
    {
        Task<Figure>? loading;
        TaskCompletionSource<Figure>? mine = null;
        lock (_lock)
        {
            if (Find(id) is { } entry)
            {
                _requests.Hit();
                return new CachedFigure(entry.Figure, IsCached: true);
            }

            if (!_loads.TryGetValue(id, out loading))
            {
                mine = new TaskCompletionSource<Figure>(TaskCreationOptions.RunContinuationsAsynchronously);
                _loads[id] = loading = mine.Task;
            }
        }

        _requests.Missed();
        if (mine is not null)
        {
            _ = LoadAsync(id, load, mine);
        }

        return new CachedFigure(await loading.WaitAsync(cancellationToken), IsCached: false);
    }

    private async Task LoadAsync(Guid id, Func<Guid, CancellationToken, Task<Figure>> load, TaskCompletionSource<Figure> mine)
    {
        try
        {
            var figure = await load(id, CancellationToken.None);
            lock (_lock)
            {
                if (Finish(id, mine))
                {
                    Keep(figure);
                }
            }

            mine.SetResult(figure);
        }
        catch (Exception fault)
        {
            lock (_lock)
            {
                Finish(id, mine);
            }

            mine.SetException(fault);
        }
    }

    // False when a write came meanwhile.
    private bool Finish(Guid id, TaskCompletionSource<Figure> mine) =>
        _loads.TryGetValue(id, out var loading) && loading == mine.Task && _loads.Remove(id);

    private Entry? Find(Guid id) =>
        _entries.TryGetValue(id, out Entry? entry) && _time.GetElapsedTime(entry!.KeptAt) < _lifetime ? entry : null;

    private void Keep(Figure figure)
    {
        using var entry = _entries.CreateEntry(figure.Id);
        entry.SetSize(1).SetAbsoluteExpiration(_lifetime).SetValue(new Entry(figure, _time.GetTimestamp()));
    }

    private sealed record Entry(Figure Figure, long KeptAt);
}
