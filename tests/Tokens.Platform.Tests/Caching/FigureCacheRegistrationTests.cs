using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tokens.Platform.Caching;
using Tokens.Platform.Caching.Shared;
using Tokens.Platform.Redis;
using Tokens.Platform.Storage;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Caching;

public sealed class FigureCacheRegistrationTests
{
    private const string Name = "test.figure";

    [Theory]
    [InlineData("", "", typeof(MemoryFigureCache))]
    [InlineData("", "Host=127.0.0.1", typeof(NoFigureCache))]
    [InlineData("redis://127.0.0.1:1", "Host=127.0.0.1", typeof(SharedFigureCache))]
    [InlineData("redis://127.0.0.1:1", "", typeof(SharedFigureCache))]
    public async Task The_cache_is_where_the_settings_say(string redisUrl, string databaseUrl, Type kind)
    {
        await using var host = HostOf(("REDIS_URL", redisUrl), ("DATABASE_URL", databaseUrl));

        var cache = host.Services.GetRequiredKeyedService<IFigureCache>(Name);

        cache.ShouldBeOfType(kind);
        cache.IsShared.ShouldBe(kind == typeof(SharedFigureCache));
    }

    [Fact]
    public async Task Without_a_cache_every_figure_is_loaded()
    {
        await using var host = HostOf(("DATABASE_URL", "Host=127.0.0.1"));
        var (cache, id) = (host.Services.GetRequiredKeyedService<IFigureCache>(Name), Guid.NewGuid());
        (await cache.WriteAsync(cache.Now(), [new Figure(id, 1, 1)])).ShouldBeTrue();
        cache.DoubtEverything();
        cache.IsInDoubt.ShouldBeFalse();

        for (var version = 5; version < 8; version++)
        {
            var figure = new Figure(id, version, version);
            (await cache.ReadAsync(id, (_, _) => Task.FromResult(figure), CancellationToken.None)).ShouldBe(new CachedFigure(figure, IsCached: false));
        }
    }

    [Theory]
    [InlineData("LifetimeSeconds", "0")]
    [InlineData("LifetimeSeconds", "3601")]
    [InlineData("WriteTimeoutMilliseconds", "0")]
    [InlineData("DoubtsMax", "1")]
    public async Task An_option_out_of_range_is_refused(string option, string value)
    {
        await using var host = HostOf(($"TestCache:{option}", value));

        Should.Throw<OptionsValidationException>(() => host.Services.GetRequiredKeyedService<IFigureCache>(Name)).Message.ShouldContain(option);
    }

    [Fact]
    public async Task Readings_are_counted_as_hit_miss_and_error()
    {
        await using var server = OwnRedis.NotStarted();
        await using var alone = HostOf();
        await using var away = HostOf(("REDIS_URL", server.Url));
        var (aloneCounts, awayCounts) = (Count(alone), Count(away));

        foreach (var host in new[] { alone, away })
        {
            var (cache, id) = (host.Services.GetRequiredKeyedService<IFigureCache>(Name), Guid.NewGuid());
            for (var i = 0; i < 3; i++)
            {
                await cache.ReadAsync(id, (whose, _) => Task.FromResult(new Figure(whose, 1, 1)), CancellationToken.None);
            }
        }

        aloneCounts.ShouldBe(["test.figure miss", "test.figure hit", "test.figure hit"]);
        awayCounts.ShouldBe(["test.figure error", "test.figure error", "test.figure error"]);
    }

    private static List<string> Count(TestHost host)
    {
        var counts = new List<string>();
        var listener = host.Listener;
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "dotnet.cache.requests" && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                instrument.Meter.Name.ShouldBe("Tokens.Test");
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            counts.AddRange(Enumerable.Repeat($"{named["cache.name"]} {named["cache.request.type"]}", (int)value));
        });
        listener.Start();
        return counts;
    }

    private static TestHost HostOf(params (string Name, string? Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>(each.Name, each.Value)));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(StorageSettings.From(builder.Configuration));
        builder.AddRedis();
        builder.AddFigureCache(Name, "TestCache", "Tokens.Test");
        return new TestHost(builder.Build());
    }

    private sealed class TestHost(IHost host) : IAsyncDisposable
    {
        internal MeterListener Listener { get; } = new();

        internal IServiceProvider Services => host.Services;

        public ValueTask DisposeAsync()
        {
            Listener.Dispose();
            return ((IAsyncDisposable)host).DisposeAsync();
        }
    }
}
