using Microsoft.Extensions.Options;
using Tokens.Platform.RateLimits;
using Tokens.Testing;

namespace Tokens.Platform.Tests.RateLimits;

public sealed class MemoryCounterTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly TestTimeProvider _clock = new();

    [Fact]
    public void Five_in_any_minute_are_five_in_any_minute()
    {
        var counter = Counter();
        var limit = new RateLimit("p", 5, TimeSpan.FromMinutes(1));

        for (var i = 0; i < 5; i++)
        {
            var count = counter.Count(limit, "m");
            count.IsAllowed.ShouldBeTrue();
            count.Remaining.ShouldBe(4 - i);
            count.NextPermitIn.ShouldBe(TimeSpan.FromSeconds(60 - (10 * i)));
            count.IsAlone.ShouldBeFalse();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        // 50 s after the first: a fixed window that began at the full minute would have opened again.
        var refused = counter.Count(limit, "m");
        refused.ShouldBe(new RateLimitCount(false, 0, TimeSpan.FromSeconds(10)));
        _clock.Advance(TimeSpan.FromSeconds(10));
        counter.Count(limit, "m").IsAllowed.ShouldBeTrue();
        counter.Count(limit, "m").ShouldBe(new RateLimitCount(false, 0, TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Any_history_goes_as_the_model_says(int seed)
    {
        var random = new Random(seed);
        var counter = Counter();
        var models = new[] { new WindowModel(), new WindowModel(), new WindowModel() };
        var limits = Enumerable.Range(0, models.Length).Select(i => RandomLimit(random, i)).ToArray();
        for (var step = 0; step < 5_000; step++)
        {
            var chosen = random.Next(models.Length);
            if (random.Next(200) == 0)
            {
                // As when the option is changed while members are being counted.
                limits[chosen] = RandomLimit(random, chosen);
            }

            _clock.Advance(TimeSpan.FromTicks(random.NextInt64(0, TimeSpan.TicksPerSecond / 2)));
            var count = counter.Count(limits[chosen], "m");

            count.ShouldBe(models[chosen].Take(_clock.GetTimestamp(), limits[chosen]), $"seed {seed}, step {step}, {limits[chosen]}");
        }

        models.ShouldAllBe(model => model.Refused > 100 && model.Allowed > 100);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void What_is_told_to_a_refused_caller_is_exact(int seed)
    {
        var random = new Random(seed);
        var counter = Counter();
        var limit = new RateLimit("p", random.Next(1, 20), TimeSpan.FromSeconds(random.Next(1, 90)));
        var allowed = new List<TimeSpan>();
        for (var step = 0; step < 2_000; step++)
        {
            var count = Take();
            if (!count.IsAllowed)
            {
                count.NextPermitIn.ShouldBeGreaterThan(TimeSpan.Zero);
                if (count.NextPermitIn > Millisecond)
                {
                    _clock.Advance(count.NextPermitIn - Millisecond);
                    Take().ShouldBe(new RateLimitCount(false, 0, Millisecond), $"seed {seed}, step {step}");
                    _clock.Advance(Millisecond);
                }
                else
                {
                    _clock.Advance(count.NextPermitIn);
                }

                Take().IsAllowed.ShouldBeTrue($"seed {seed}, step {step}");
            }

            _clock.Advance(TimeSpan.FromTicks(random.NextInt64(0, limit.Window.Ticks / limit.Permits)));
        }

        allowed.Count.ShouldBeGreaterThan(1_000);
        allowed.Zip(allowed.Skip(limit.Permits), (first, next) => next - first).ShouldAllBe(apart => apart >= limit.Window);

        RateLimitCount Take()
        {
            var count = counter.Count(limit, "m");
            if (count.IsAllowed)
            {
                allowed.Add(TimeSpan.FromTicks(_clock.GetTimestamp()));
            }

            return count;
        }
    }

    [Fact]
    public void A_refused_request_takes_no_permit()
    {
        var counter = Counter();
        var limit = new RateLimit("p", 1, TimeSpan.FromSeconds(60));
        counter.Count(limit, "m").IsAllowed.ShouldBeTrue();
        for (var second = 1; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            counter.Count(limit, "m").ShouldBe(new RateLimitCount(false, 0, TimeSpan.FromSeconds(60 - second)));
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        counter.Count(limit, "m").IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Callers_and_policies_are_counted_apart()
    {
        var counter = Counter();
        var (one, other) = (new RateLimit("one", 1, TimeSpan.FromSeconds(60)), new RateLimit("other", 1, TimeSpan.FromSeconds(60)));

        counter.Count(one, "a").IsAllowed.ShouldBeTrue();
        counter.Count(one, "b").IsAllowed.ShouldBeTrue();
        counter.Count(other, "a").IsAllowed.ShouldBeTrue();
        counter.Count(one, "a").IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void A_correction_of_the_machines_clock_neither_frees_nor_holds_anybody()
    {
        var counter = Counter();
        var limit = new RateLimit("p", 1, TimeSpan.FromSeconds(60));
        counter.Count(limit, "m").IsAllowed.ShouldBeTrue();

        _clock.Correct(TimeSpan.FromHours(-1));
        counter.Count(limit, "m").ShouldBe(new RateLimitCount(false, 0, TimeSpan.FromSeconds(60)));
        _clock.Advance(TimeSpan.FromSeconds(60));
        counter.Count(limit, "m").IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hundred_at_once_get_exactly_what_there_is()
    {
        var counter = Counter();
        var limit = new RateLimit("p", 5, TimeSpan.FromSeconds(60));

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => Task.Run(async () => await counter.CountAsync(limit, "m", CancellationToken.None))));

        counts.Where(count => count.IsAllowed).Select(count => count.Remaining).Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Memory_is_bounded_and_the_one_unused_for_longest_is_forgotten_first()
    {
        var counter = Counter(partitionsMax: 100);
        var limit = new RateLimit("p", 1, TimeSpan.FromSeconds(60));
        for (var i = 0; i < 100; i++)
        {
            counter.Count(limit, $"m{i}").IsAllowed.ShouldBeTrue();
        }

        // m0 is used again, so that m1 is the next to go.
        counter.Count(limit, "m0").IsAllowed.ShouldBeFalse();
        counter.Count(limit, "newcomer").IsAllowed.ShouldBeTrue();

        counter.Partitions.ShouldBe(100);
        counter.Count(limit, "m0").IsAllowed.ShouldBeFalse();
        counter.Count(limit, "m2").IsAllowed.ShouldBeFalse();
        counter.Count(limit, "m1").IsAllowed.ShouldBeTrue();
        counter.Partitions.ShouldBe(100);
    }

    [Fact]
    public void What_has_run_out_is_forgotten_as_others_come()
    {
        var counter = Counter();
        var limit = new RateLimit("p", 1, TimeSpan.FromSeconds(60));
        for (var i = 0; i < 100; i++)
        {
            counter.Count(limit, $"old{i}");
        }

        _clock.Advance(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 50; i++)
        {
            counter.Count(limit, $"new{i}");
        }

        counter.Partitions.ShouldBe(50);
    }

    private static RateLimit RandomLimit(Random random, int policy) =>
        new($"p{policy}", random.Next(1, 30), TimeSpan.FromSeconds(random.Next(1, 40)));

    private MemoryCounter Counter(int partitionsMax = 1_000) =>
        new(Options.Create(new RateLimitMemoryOptions { PartitionsMax = partitionsMax }), _clock);
}
