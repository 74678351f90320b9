using Microsoft.Extensions.Time.Testing;
using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

public sealed class TokenBucketsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_thousand_at_once_and_fifty_a_second_after_that()
    {
        var buckets = new TokenBuckets(1_000, 50, 100, _clock);

        Passed(buckets, 2_000).ShouldBe(1_000);
        buckets.Take("a").ShouldBe(TimeSpan.FromMilliseconds(20));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Passed(buckets, 100).ShouldBe(50);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Passed(buckets, 1_000).ShouldBe(500);
        buckets.FillsIn.ShouldBe(TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromHours(1));
        Passed(buckets, 2_000).ShouldBe(1_000);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void What_is_told_to_a_refused_caller_is_exact_and_no_span_lets_more_through(int seed)
    {
        var random = new Random(seed);
        var (burst, perSecond) = (random.Next(1, 20), random.Next(1, 40));
        var buckets = new TokenBuckets(burst, perSecond, 100, _clock);
        var passed = new List<long>();
        for (var step = 0; step < 3_000; step++)
        {
            var wait = Take();
            if (wait > TimeSpan.Zero)
            {
                _clock.Advance(wait - TimeSpan.FromTicks(1));
                Take().ShouldBe(TimeSpan.FromTicks(1), $"seed {seed}, step {step}");
                _clock.Advance(TimeSpan.FromTicks(1));
                Take().ShouldBe(TimeSpan.Zero, $"seed {seed}, step {step}");
            }

            _clock.Advance(TimeSpan.FromTicks(random.NextInt64(0, 2 * TimeSpan.TicksPerSecond / perSecond)));
        }

        for (var first = 0; first < passed.Count; first++)
        {
            for (var last = first; last < passed.Count && last < first + 200; last++)
            {
                var seconds = (passed[last] - passed[first]) / (double)TimeSpan.TicksPerSecond;
                (last - first + 1).ShouldBeLessThanOrEqualTo((int)Math.Floor(burst + (seconds * perSecond) + 1e-6));
            }
        }

        TimeSpan Take()
        {
            var wait = buckets.Take("a");
            if (wait == TimeSpan.Zero)
            {
                passed.Add(_clock.GetTimestamp());
            }

            return wait;
        }
    }

    [Fact]
    public void Callers_have_buckets_of_their_own()
    {
        var buckets = new TokenBuckets(1, 1, 100, _clock);

        buckets.Take("a").ShouldBe(TimeSpan.Zero);
        buckets.Take("b").ShouldBe(TimeSpan.Zero);
        buckets.Take("a").ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Memory_is_bounded_and_full_buckets_are_forgotten()
    {
        var buckets = new TokenBuckets(10, 10, 100, _clock);
        for (var i = 0; i < 150; i++)
        {
            buckets.Take($"a{i}").ShouldBe(TimeSpan.Zero);
        }

        buckets.Count.ShouldBe(100);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 50; i++)
        {
            buckets.Take($"b{i}");
        }

        buckets.Count.ShouldBe(50);
    }

    private static int Passed(TokenBuckets buckets, int calls) =>
        Enumerable.Range(0, calls).Count(_ => buckets.Take("a") == TimeSpan.Zero);
}
