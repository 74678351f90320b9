using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tokens.Platform.RateLimits;
using Tokens.Platform.Redis;
using Tokens.Testing;

namespace Tokens.Platform.Tests.RateLimits;

/// <summary>Hosts that count together in Redis; the server is each test's own.</summary>
public sealed class RedisCounterTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = Eventually.Deadline;
    private readonly List<IHost> _hosts = [];
    private OwnRedis _server = null!;

    public async Task InitializeAsync() => _server = await OwnRedis.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Hosts_share_one_count_and_a_refused_request_takes_no_permit()
    {
        var (first, second) = (await CounterAsync(), await CounterAsync());
        var limit = new RateLimit("p", 3, TimeSpan.FromSeconds(60));

        (await CountAsync(first, limit)).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeTrue(),
            count => count.IsAlone.ShouldBeFalse(),
            count => count.Remaining.ShouldBe(2),
            count => count.NextPermitIn.ShouldBe(TimeSpan.FromSeconds(60)));
        (await CountAsync(second, limit)).Remaining.ShouldBe(1);
        (await CountAsync(first, limit)).Remaining.ShouldBe(0);

        var (refused, again) = (await CountAsync(second, limit), await CountAsync(first, limit));

        new[] { refused, again }.ShouldAllBe(count => !count.IsAllowed && !count.IsAlone && count.Remaining == 0);
        refused.NextPermitIn.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        again.NextPermitIn.ShouldBeLessThan(refused.NextPermitIn);
        (await CountAsync(first, limit, "another")).Remaining.ShouldBe(2);
        (await CountAsync(first, limit with { Policy = "q" })).Remaining.ShouldBe(2);
    }

    [Fact]
    public async Task A_hundred_at_once_through_two_hosts_get_exactly_what_there_is()
    {
        IRateLimitCounter[] counters = [await CounterAsync(), await CounterAsync()];
        var limit = new RateLimit("p", 5, TimeSpan.FromSeconds(60));

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => CountAsync(counters[i % 2], limit))));

        counts.ShouldAllBe(count => !count.IsAlone);
        counts.Where(count => count.IsAllowed).Select(count => count.Remaining).Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public async Task No_window_sees_more_than_the_limit_and_the_wait_that_is_told_is_true()
    {
        var counter = await CounterAsync();
        var limit = new RateLimit("p", 4, TimeSpan.FromSeconds(1));
        var started = TimeProvider.System.GetTimestamp();
        var allowed = new List<(TimeSpan Asked, TimeSpan Answered)>();
        while (allowed.Count < 16)
        {
            var refused = await AskAsync();
            if (refused.Count.IsAllowed)
            {
                continue;
            }

            // Redis looked between the question and the answer, so that the next permit is free between these two moments.
            var (free, surelyFree) = (refused.Asked + refused.Count.NextPermitIn, refused.Answered + refused.Count.NextPermitIn);
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    var next = await AskAsync();
                    (next.Count.IsAllowed && next.Answered < free).ShouldBeFalse("nothing is free before");
                    (!next.Count.IsAllowed && next.Asked >= surelyFree).ShouldBeFalse("it is free then");
                    return next.Count.IsAllowed;
                },
                Soon,
                "a permit is free");
        }

        allowed.Zip(allowed.Skip(limit.Permits), (first, next) => next.Answered - first.Asked).ShouldAllBe(apart => apart >= limit.Window);

        async Task<(RateLimitCount Count, TimeSpan Asked, TimeSpan Answered)> AskAsync()
        {
            var asked = TimeProvider.System.GetElapsedTime(started);
            var count = await CountAsync(counter, limit);
            var answered = TimeProvider.System.GetElapsedTime(started);
            if (count.IsAllowed)
            {
                allowed.Add((asked, answered));
            }

            return (count, asked, answered);
        }
    }

    [Fact]
    public async Task A_limit_that_is_changed_counts_what_was_allowed_before()
    {
        var counter = await CounterAsync();
        var limit = new RateLimit("p", 5, TimeSpan.FromSeconds(60));
        for (var i = 0; i < 5; i++)
        {
            (await CountAsync(counter, limit)).IsAllowed.ShouldBeTrue();
        }

        (await CountAsync(counter, limit with { Permits = 2 })).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeFalse(), count => count.Remaining.ShouldBe(0));
        (await CountAsync(counter, limit with { Permits = 7 })).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeTrue(), count => count.Remaining.ShouldBe(1));
    }

    [Fact]
    public async Task Without_Redis_a_host_counts_alone_and_remembers_what_it_allowed_before()
    {
        var counter = await CounterAsync();
        var other = await CounterAsync();
        var limit = new RateLimit("p", 3, TimeSpan.FromSeconds(600));
        await CountAsync(counter, limit);
        await CountAsync(counter, limit);

        await _server.StopServerAsync();

        (await CountAsync(counter, limit)).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeTrue(), count => count.IsAlone.ShouldBeTrue(), count => count.Remaining.ShouldBe(0));
        (await CountAsync(counter, limit)).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeFalse(), count => count.IsAlone.ShouldBeTrue());
        (await CountAsync(other, limit)).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeTrue(), count => count.Remaining.ShouldBe(2));
    }

    [Fact]
    public async Task What_the_others_used_up_is_not_held_against_a_host_that_counts_alone_later()
    {
        var (first, second) = (await CounterAsync(), await CounterAsync());
        var limit = new RateLimit("p", 2, TimeSpan.FromSeconds(600));
        await CountAsync(first, limit);
        await CountAsync(first, limit);
        (await CountAsync(second, limit)).IsAllowed.ShouldBeFalse();

        await _server.StopServerAsync();

        (await CountAsync(second, limit)).ShouldSatisfyAllConditions(
            count => count.IsAllowed.ShouldBeTrue(), count => count.Remaining.ShouldBe(1));
    }

    [Fact]
    public async Task A_Redis_that_comes_back_without_the_script_counts_again()
    {
        var counter = await CounterAsync();
        var limit = new RateLimit("p", 1_000, TimeSpan.FromSeconds(600));
        await CountAsync(counter, limit);

        await _server.StopServerAsync();
        await _server.StartServerAsync();

        await Eventually.BecomesTrueAsync(async () => !(await CountAsync(counter, limit)).IsAlone, Soon, "hosts count together again");
    }

    [Fact]
    public async Task A_Redis_that_has_forgotten_the_script_counts_the_very_next_request()
    {
        var (first, second) = (await CounterAsync(), await CounterAsync());
        var limit = new RateLimit("p", 3, TimeSpan.FromSeconds(600));
        await CountAsync(first, limit);

        await _server.ForgetScriptsAsync();

        (await CountAsync(first, limit)).ShouldSatisfyAllConditions(
            count => count.IsAlone.ShouldBeFalse(), count => count.Remaining.ShouldBe(1));
        (await CountAsync(second, limit)).ShouldSatisfyAllConditions(
            count => count.IsAlone.ShouldBeFalse(), count => count.Remaining.ShouldBe(0));
    }

    [Fact]
    public async Task A_frozen_Redis_keeps_nobody_waiting_for_long()
    {
        var counter = await CounterAsync(attemptTimeoutMilliseconds: 50);
        var limit = new RateLimit("p", 10_000, TimeSpan.FromSeconds(600));
        _server.Pause();
        try
        {
            var counts = new List<RateLimitCount>();
            var started = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 1_000; i++)
            {
                counts.Add(await CountAsync(counter, limit));
            }

            // Without the breaker these would be a minute and more.
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
            counts.ShouldAllBe(count => count.IsAllowed && count.IsAlone);
        }
        finally
        {
            _server.Resume();
        }
    }

    private static async Task<RateLimitCount> CountAsync(IRateLimitCounter counter, RateLimit limit, string partition = "m") =>
        await counter.CountAsync(limit, partition, CancellationToken.None);

    /// <summary>The counter of a host of its own that has reached Redis; patient, because the machine may be busy.</summary>
    private async Task<IRateLimitCounter> CounterAsync(int attemptTimeoutMilliseconds = 5_000)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("REDIS_URL", _server.Url),
            new("Resilience:Redis:AttemptTimeoutMilliseconds", $"{attemptTimeoutMilliseconds}"),
            new("Resilience:Redis:TotalTimeoutMilliseconds", $"{2 * attemptTimeoutMilliseconds}"),
        ]);
        builder.AddRedis();
        builder.Services.AddRateLimits(isOn: true);
        var host = builder.Build();
        _hosts.Add(host);
        var counter = host.Services.GetRequiredService<IRateLimitCounter>();
        counter.ShouldBeOfType<RedisCounter>();
        await Eventually.BecomesTrueAsync(
            async () => !(await CountAsync(counter, new RateLimit("warm", 1, TimeSpan.FromSeconds(1)))).IsAlone, Soon, "Redis counts");
        return counter;
    }
}
