using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Tokens.Platform.Caching;
using Tokens.Platform.Caching.Shared;
using Tokens.Platform.Redis;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Caching;

/// <summary>Hosts that share a Redis of their own, and a database whose figures are their own versions.</summary>
internal sealed class CacheWorld : IAsyncDisposable
{
    internal const string CacheName = "test.figure";

    private readonly OwnRedis _server;
    private readonly IHost _host;
    private readonly List<CacheHost> _hosts = [];
    private readonly ConcurrentDictionary<Guid, long> _committed = [];
    private int _loads;

    private CacheWorld(OwnRedis server, IHost host) => (_server, _host) = (server, host);

    internal OwnRedis Server => _server;

    /// <summary>How often the database was read.</summary>
    internal int Loads => Volatile.Read(ref _loads);

    /// <summary>Is awaited by every reading of the database, after it has read.</summary>
    internal Func<Guid, Task> Loading { get; set; } = static _ => Task.CompletedTask;

    internal static async Task<CacheWorld> StartAsync()
    {
        var server = await OwnRedis.StartAsync();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["REDIS_URL"] = server.Url,
            // Only the faults that a test plans, also on a machine that is busy.
            ["Resilience:Redis:AttemptTimeoutMilliseconds"] = "20000",
            ["Resilience:Redis:TotalTimeoutMilliseconds"] = "20000",
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddRedis();
        var world = new CacheWorld(server, builder.Build());
        await world.Redis.ExecuteAsync("test", database => database.PingAsync(), isRepeatable: false, CancellationToken.None);
        return world;
    }

    private RedisConnection Redis => _host.Services.GetRequiredService<RedisConnection>();

    internal CacheHost NewHost(FigureCacheOptions? options = null)
    {
        options ??= new FigureCacheOptions { WriteTimeoutMilliseconds = 1_000, RaisePauseMilliseconds = 10 };
        var slots = new UnreliableSlots(new RedisFigureSlots(Redis, CacheName, options));
        var requests = new CacheRequests(_host.Services.GetRequiredService<IMeterFactory>(), "test", CacheName);
        var cache = new SharedFigureCache(slots, options, requests, TimeProvider.System, NullLogger<SharedFigureCache>.Instance);
        var host = new CacheHost(this, cache, slots);
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host;
    }

    /// <summary>Raises the version of the figure, which is also its value.</summary>
    internal Figure Commit(Guid id)
    {
        var version = _committed.AddOrUpdate(id, 1, (_, before) => before + 1);
        return new Figure(id, version, version);
    }

    internal long Committed(Guid id) => _committed.GetValueOrDefault(id);

    internal async Task<Figure> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _loads);
        var version = Committed(id);
        await Loading(id);
        return new Figure(id, version, version);
    }

    internal Task<string> GenerationAsync() => Redis.ExecuteAsync<string>(
        "test", async database => (await database.StringGetAsync($"{{{CacheName}}}:generation"))!, isRepeatable: true, CancellationToken.None);

    internal Task PutAsync(Guid id, string text) => Redis.ExecuteAsync(
        "test", database => database.StringSetAsync($"{{{CacheName}}}:{id:N}", text), isRepeatable: true, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.Cache.DisposeAsync();
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
        await _server.DisposeAsync();
    }
}

/// <summary>One host of a <see cref="CacheWorld"/>.</summary>
internal sealed record CacheHost(CacheWorld World, SharedFigureCache Cache, UnreliableSlots Slots)
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    internal async Task<CachedFigure> ReadAsync(Guid id) => await Cache.ReadAsync(id, World.LoadAsync, CancellationToken.None);

    internal async Task<bool> WriteAsync(CacheMoment before, params Figure[] figures) => await Cache.WriteAsync(before, figures);

    /// <summary>Commits and writes through.</summary>
    internal Task<bool> ChangeAsync(Guid id)
    {
        var before = Cache.Now();
        return WriteAsync(before, World.Commit(id));
    }

    /// <summary>Reads until the figure comes from the cache: a fill goes on after its reader has left.</summary>
    internal async Task<Figure> ReadCachedAsync(Guid id)
    {
        CachedFigure read = default;
        await Eventually.BecomesTrueAsync(async () => (read = await ReadAsync(id)).IsCached, Soon, "the figure is cached");
        return read.Figure;
    }

    internal Task TrustsAsync() => Eventually.BecomesTrueAsync(() => !Cache.IsInDoubt, Soon, "the cache is trusted again");
}
