using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tokens.Platform.Redis;
using Tokens.Testing;

namespace Tokens.Platform.Tests.Redis;

public sealed class RedisConnectionTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task Commands_are_executed()
    {
        await using var server = await OwnRedis.StartAsync();
        using var host = HostOf(server.Url);
        var redis = host.Services.GetRequiredService<RedisConnection>();

        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is reached");
        await Eventually.BecomesTrueAsync(async () => await HealthAsync(host) == HealthStatus.Healthy, Soon, "Redis is well");
    }

    [Fact]
    public async Task Without_an_address_there_is_no_connection() =>
        HostOf("").Services.GetService<RedisConnection>().ShouldBeNull();

    [Fact]
    public async Task Redis_absent_at_the_start_is_reached_once_it_comes()
    {
        await using var server = OwnRedis.NotStarted();
        using var host = HostOf(server.Url);
        var redis = host.Services.GetRequiredService<RedisConnection>();

        (await WorksAsync(redis)).ShouldBeFalse();
        (await HealthAsync(host)).ShouldBe(HealthStatus.Degraded);
        await server.StartServerAsync();

        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is reached");
    }

    [Fact]
    public async Task A_frozen_Redis_is_given_up_for_a_while_and_used_again_when_it_goes_on()
    {
        await using var server = await OwnRedis.StartAsync();
        using var host = HostOf(server.Url, ("Resilience:Redis:BreakerCallsMin", "3"));
        var redis = host.Services.GetRequiredService<RedisConnection>();
        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is reached");

        server.Pause();
        var sent = 0;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var before = sent;
                await Should.ThrowAsync<RedisAwayException>(() => redis.ExecuteAsync(
                    "test",
                    database =>
                    {
                        sent++;
                        return database.PingAsync();
                    },
                    isRepeatable: false,
                    CancellationToken.None));
                return sent == before;
            },
            Soon,
            "nothing is sent any more");
        server.Resume();

        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is used again");
    }

    [Fact]
    public async Task A_connection_that_is_replaced_because_nothing_is_answered_counts_as_lost()
    {
        await using var server = await OwnRedis.StartAsync();
        var options = RedisSettings.From(new ConfigurationBuilder().AddInMemoryCollection([new("REDIS_URL", server.Url)]).Build())!;
        // The client replaces it after four times this.
        options.AsyncTimeout = 500;
        await using var redis = new RedisConnection(
            options,
            Options.Create(new RedisPipelineOptions()),
            TestPipelines.Create(new RedisPipelineOptions(), time: null, (RedisConnection.PipelineName, RedisConnection.Faults)),
            NullLogger<RedisConnection>.Instance);
        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is reached");
        var losses = redis.Losses;

        server.Pause();
        await Eventually.BecomesTrueAsync(
            async () => !await WorksAsync(redis) && redis.Losses > losses, Soon, "the connection is replaced");
        server.Resume();

        await Eventually.BecomesTrueAsync(() => WorksAsync(redis), Soon, "Redis is used again");
    }

    [Fact]
    public async Task What_is_published_is_heard_once_also_after_a_late_start_and_a_restart()
    {
        await using var server = OwnRedis.NotStarted();
        using var host = HostOf(server.Url);
        var redis = host.Services.GetRequiredService<RedisConnection>();
        var heard = new ConcurrentQueue<byte>();
        await Should.ThrowAsync<RedisAwayException>(SubscribeAsync);
        await server.StartServerAsync();
        await Eventually.BecomesTrueAsync(() => SucceedsAsync(SubscribeAsync), Soon, "the channel is heard");
        await PublishUntilHeardAsync(1);

        await server.StopServerAsync();
        await server.StartServerAsync();
        await PublishUntilHeardAsync(2);

        await redis.PublishAsync("news", [3], CancellationToken.None);
        await redis.PublishAsync("news", [4], CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => heard.Contains((byte)3) && heard.Contains((byte)4), Soon, "the last messages are heard");
        heard.Count(number => number == 3).ShouldBe(1);

        Task SubscribeAsync() => redis.SubscribeAsync("news", message => heard.Enqueue(message[0]));

        Task PublishUntilHeardAsync(byte number) => Eventually.BecomesTrueAsync(
            async () => await SucceedsAsync(() => redis.PublishAsync("news", [number], CancellationToken.None)) && heard.Contains(number),
            Soon,
            $"message {number} is heard");
    }

    private static Task<bool> WorksAsync(RedisConnection redis) => SucceedsAsync(async () =>
    {
        await redis.ExecuteAsync("test", database => database.StringSetAsync("key", "value"), isRepeatable: true, CancellationToken.None);
        var value = await redis.ExecuteAsync("test", database => database.StringGetAsync("key"), isRepeatable: true, CancellationToken.None);
        value.ToString().ShouldBe("value");
    });

    private static async Task<bool> SucceedsAsync(Func<Task> command)
    {
        try
        {
            await command();
            return true;
        }
        catch (RedisAwayException)
        {
            return false;
        }
    }

    private static async Task<HealthStatus> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["redis"].Status;

    private static IHost HostOf(string url, params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("REDIS_URL", url), .. settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddRedis();
        return builder.Build();
    }
}
