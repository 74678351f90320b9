using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.Caching;

namespace Tokens.Platform.Tests.Caching;

public sealed class MemoryFigureCacheTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Dictionary<Guid, long> _committed = [];
    private int _loads;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_figure_is_loaded_once_kept_for_its_time_and_replaced_by_what_is_written()
    {
        using var cache = Cache();
        var id = Guid.NewGuid();

        (await ReadAsync(cache, id)).ShouldBe(new CachedFigure(new Figure(id, 0, 0), IsCached: false));
        (await ReadAsync(cache, id)).ShouldBe(new CachedFigure(new Figure(id, 0, 0), IsCached: true));
        (await cache.WriteAsync(cache.Now(), [new Figure(id, 2, 20)])).ShouldBeTrue();
        (await cache.WriteAsync(cache.Now(), [new Figure(id, 1, 10)])).ShouldBeTrue();
        (await ReadAsync(cache, id)).ShouldBe(new CachedFigure(new Figure(id, 2, 20), IsCached: true));
        _loads.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(300));
        _committed[id] = 3;
        (await ReadAsync(cache, id)).ShouldBe(new CachedFigure(new Figure(id, 3, 3), IsCached: false));
    }

    [Fact]
    public async Task Many_readers_at_once_load_once_but_none_that_comes_after_a_write()
    {
        using var cache = Cache();
        var (id, goOn) = (Guid.NewGuid(), new TaskCompletionSource());
        async Task<Figure> LoadSlowlyAsync(Guid whose, CancellationToken cancellationToken)
        {
            var figure = await LoadAsync(whose, cancellationToken);
            await goOn.Task;
            return figure;
        }

        var before = Enumerable.Range(0, 200).Select(_ => cache.ReadAsync(id, LoadSlowlyAsync, CancellationToken.None).AsTask()).ToList();
        _committed[id] = 1;
        await cache.WriteAsync(cache.Now(), [new Figure(id, 1, 1)]);
        // Even if what was written has been pushed out meanwhile.
        cache.DoubtEverything();
        (await ReadAsync(cache, id)).Figure.Version.ShouldBe(1);
        goOn.SetResult();

        (await Task.WhenAll(before)).ShouldAllBe(read => read.Figure.Version == 0);
        (await ReadAsync(cache, id)).ShouldBe(new CachedFigure(new Figure(id, 1, 1), IsCached: true));
        _loads.ShouldBe(2);
    }

    [Fact]
    public async Task A_loading_that_fails_fails_its_readers_and_the_next_one_loads_again()
    {
        using var cache = Cache();
        var id = Guid.NewGuid();

        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await cache.ReadAsync(id, (_, _) => throw new InvalidOperationException("the database is away"), CancellationToken.None));

        (await ReadAsync(cache, id)).IsCached.ShouldBeFalse();
    }

    [Fact]
    public async Task It_keeps_no_more_figures_than_it_may()
    {
        using var cache = Cache(entriesMax: 100);
        var ids = Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid()).ToList();
        foreach (var id in ids)
        {
            await cache.WriteAsync(cache.Now(), [new Figure(id, 1, 1)]);
        }

        var cached = 0;
        foreach (var id in ids)
        {
            _committed[id] = 1;
            var read = await cache.ReadAsync(id, (_, _) => Task.FromResult(new Figure(id, 1, 1)), CancellationToken.None);
            read.Figure.Version.ShouldBe(1);
            cached += read.IsCached ? 1 : 0;
        }

        cached.ShouldBeLessThanOrEqualTo(100);
    }

    private MemoryFigureCache Cache(int entriesMax = 1_000) => new(
        new FigureCacheOptions { EntriesMax = entriesMax },
        new CacheRequests(_services.GetRequiredService<IMeterFactory>(), "test", "test.figure"),
        _clock);

    private async Task<CachedFigure> ReadAsync(MemoryFigureCache cache, Guid id) => await cache.ReadAsync(id, LoadAsync, CancellationToken.None);

    private Task<Figure> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        _loads++;
        var version = _committed.GetValueOrDefault(id);
        return Task.FromResult(new Figure(id, version, version));
    }
}
