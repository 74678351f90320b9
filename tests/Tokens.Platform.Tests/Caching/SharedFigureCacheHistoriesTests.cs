using System.Collections.Concurrent;
using Tokens.Platform.Caching;
using Xunit.Abstractions;

namespace Tokens.Platform.Tests.Caching;

/// <summary>
/// Random histories on several hosts and a real Redis: commands get lost, answers get lost, commands are executed after they were given
/// up, the server is flushed, hosts die. After each of them nobody may read less than what was acknowledged, in so far as the host that
/// acknowledged it still reaches Redis, has had it forgotten, or somebody has relayed it.
/// </summary>
public sealed class SharedFigureCacheHistoriesTests(ITestOutputHelper output)
{
    private const int Hosts = 3;
    private const int Workers = 8;
    private const int Steps = 300;

    private readonly Guid[] _ids = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];
    private readonly ConcurrentQueue<Figure> _outbox = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, long> _everywhere = [];
    private readonly Dictionary<(CacheHost Host, Guid Id), long> _here = [];
    private readonly List<(CacheHost Host, Figure Figure)> _unsure = [];
    private readonly CacheHost[] _hosts = new CacheHost[Hosts];
    private int _cachedReads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nobody_reads_less_than_was_acknowledged(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var world = await CacheWorld.StartAsync();
        for (var i = 0; i < Hosts; i++)
        {
            _hosts[i] = NewHost(world, seed + (100 * i));
        }

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(world, new Random((seed * 1_000) + worker)))));

        // Then nothing fails any more, and all see the same.
        foreach (var host in _hosts)
        {
            host.Slots.Fate = static _ => Fate.Arrives;
            while (await host.Slots.DeliverLateAsync())
            {
            }
        }

        foreach (var host in _hosts)
        {
            await host.TrustsAsync();
        }

        while (!_outbox.IsEmpty)
        {
            await RelayAsync(_hosts[0]);
        }

        foreach (var (host, id) in _hosts.SelectMany(host => _ids.Select(id => (host, id))))
        {
            (await host.ReadCachedAsync(id)).Version.ShouldBe(world.Committed(id));
        }

        output.WriteLine($"{_cachedReads} cached reads, {world.Loads} loads");
        _cachedReads.ShouldBeGreaterThan(Workers * Steps / 20, "a cache that is never used proves nothing");
    }

    private static CacheHost NewHost(CacheWorld world, int seed)
    {
        var host = world.NewHost(new FigureCacheOptions { RaisePauseMilliseconds = 10, DoubtsMax = 2 });
        var random = new Random(seed);
        host.Slots.Fate = _ => Next(random, 100) switch
        {
            < 2 => Fate.IsLost,
            < 4 => Fate.ArrivesLate,
            < 6 => Fate.AnswerIsLost,
            _ => Fate.Arrives,
        };
        host.Slots.Way = async _ =>
        {
            for (var turns = Next(random, 10); turns > 0; turns--)
            {
                await Task.Yield();
            }
        };
        return host;
    }

    private static int Next(Random random, int below)
    {
        lock (random)
        {
            return random.Next(below);
        }
    }

    private async Task WorkAsync(CacheWorld world, Random random)
    {
        for (var step = 0; step < Steps; step++)
        {
            var number = random.Next(Hosts);
            var (host, id) = (Volatile.Read(ref _hosts[number]), _ids[random.Next(_ids.Length)]);
            switch (random.Next(1_000))
            {
                case < 200:
                    await ChangeAsync(world, host, id);
                    break;
                case < 250:
                    await RelayAsync(host);
                    break;
                case < 300:
                    await host.Slots.DeliverLateAsync();
                    break;
                case < 303:
                    await world.Server.FlushAsync();
                    break;
                case < 306:
                    host.Slots.LoseConnection();
                    break;
                case < 309:
                    Kill(world, number, random.Next());
                    break;
                default:
                    await ReadAsync(host, id);
                    break;
            }
        }
    }

    private async Task ReadAsync(CacheHost host, Guid id)
    {
        var least = Least(host, id);
        var read = await host.ReadAsync(id);
        read.Figure.Version.ShouldBeGreaterThanOrEqualTo(least);
        read.Figure.Value.ShouldBe(read.Figure.Version);
        if (read.IsCached)
        {
            Interlocked.Increment(ref _cachedReads);
        }
    }

    private async Task ChangeAsync(CacheWorld world, CacheHost host, Guid id)
    {
        var before = host.Cache.Now();
        await Task.Yield();
        var figure = world.Commit(id);
        _outbox.Enqueue(figure);
        await Task.Yield();
        var arrived = await host.WriteAsync(before, figure);
        lock (_lock)
        {
            Raise(_here, (host, id), figure.Version);
            if (arrived)
            {
                Raise(_everywhere, id, figure.Version);
            }
            else
            {
                _unsure.Add((host, figure));
            }
        }
    }

    private async Task RelayAsync(CacheHost host)
    {
        if (host.Cache.IsInDoubt || !_outbox.TryDequeue(out var row))
        {
            return;
        }

        var before = host.Cache.Now();
        var now = await host.World.LoadAsync(row.Id, CancellationToken.None);
        if (!await host.WriteAsync(before, now))
        {
            _outbox.Enqueue(row);
            return;
        }

        lock (_lock)
        {
            Raise(_everywhere, row.Id, now.Version);
        }
    }

    // What it was unsure of is forgotten with it: only the relay can repair that.
    private void Kill(CacheWorld world, int number, int seed)
    {
        lock (_lock)
        {
            var dead = _hosts[number];
            _unsure.RemoveAll(each => each.Host == dead);
            Volatile.Write(ref _hosts[number], NewHost(world, seed));
        }
    }

    private long Least(CacheHost host, Guid id)
    {
        lock (_lock)
        {
            // What a host has had forgotten, nobody can read any more.
            foreach (var (owner, figure) in _unsure.Where(each => !each.Host.Cache.IsInDoubt).ToList())
            {
                Raise(_everywhere, figure.Id, figure.Version);
                _unsure.Remove((owner, figure));
            }

            return Math.Max(_everywhere.GetValueOrDefault(id), _here.GetValueOrDefault((host, id)));
        }
    }

    private static void Raise<TKey>(Dictionary<TKey, long> versions, TKey key, long version)
        where TKey : notnull => versions[key] = Math.Max(versions.GetValueOrDefault(key), version);
}
