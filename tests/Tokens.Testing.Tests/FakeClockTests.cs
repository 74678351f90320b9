namespace Tokens.Testing.Tests;

public sealed class FakeClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var clock = new FakeClock(Start);
        var before = clock.GetTimestamp();

        clock.GetUtcNow().ShouldBe(Start);
        clock.Advance(TimeSpan.FromSeconds(90));

        clock.GetUtcNow().ShouldBe(Start.AddSeconds(90));
        clock.GetElapsedTime(before).ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_and_each_sees_its_own_moment()
    {
        var clock = new FakeClock(Start);
        var seen = new List<(string Name, DateTimeOffset At)>();
        using var late = clock.CreateTimer(_ => seen.Add(("late", clock.GetUtcNow())), null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(_ => seen.Add(("early", clock.GetUtcNow())), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        seen.ShouldBe([("early", Start.AddSeconds(3)), ("late", Start.AddSeconds(7))]);
        clock.GetUtcNow().ShouldBe(Start.AddSeconds(10));
        clock.ArmedTimers.ShouldBe(0);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period()
    {
        var clock = new FakeClock(Start);
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        fired.ShouldBe([Start.AddSeconds(1), Start.AddSeconds(3), Start.AddSeconds(5)]);
    }

    [Fact]
    public void A_timer_that_its_callback_arms_again_fires_within_the_same_move()
    {
        var clock = new FakeClock(Start);
        var count = 0;
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                if (++count < 3)
                {
                    timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
                }
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        count.ShouldBe(3);
        timer.Dispose();
    }

    [Fact]
    public void A_disposed_timer_neither_fires_nor_can_be_armed()
    {
        var clock = new FakeClock(Start);
        var timer = clock.CreateTimer(_ => throw new InvalidOperationException("fired"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        clock.Advance(TimeSpan.FromSeconds(5));

        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).ShouldBeFalse();
        clock.ArmedTimers.ShouldBe(0);
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come_and_not_before()
    {
        var clock = new FakeClock(Start);
        var delay = Task.Delay(TimeSpan.FromMinutes(5), clock);

        clock.Advance(TimeSpan.FromMinutes(4));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    [Fact]
    public async Task A_timer_of_zero_fires_without_a_move()
    {
        var fired = new TaskCompletionSource();
        using var timer = new FakeClock(Start).CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    [Fact]
    public void Setting_the_clock_back_fires_nothing_and_takes_no_elapsed_time_away()
    {
        var clock = new FakeClock(Start);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(4));
        var timestamp = clock.GetTimestamp();

        clock.Set(Start.AddDays(-1));

        clock.GetUtcNow().ShouldBe(Start.AddDays(-1));
        clock.GetTimestamp().ShouldBe(timestamp);
        fired.ShouldBe(0);
        clock.Set(Start.AddDays(-1).AddSeconds(6));
        fired.ShouldBe(1);
    }

    [Fact]
    public void Moving_time_backward_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new FakeClock().Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public async Task Timers_armed_and_fired_from_several_threads_each_fire_once()
    {
        var clock = new FakeClock(Start);
        var fired = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(1 + (i % 7)), Timeout.InfiniteTimeSpan);
                clock.Advance(TimeSpan.FromMilliseconds(1));
            }
        })));

        clock.Advance(TimeSpan.FromSeconds(1));

        fired.ShouldBe(4000);
        clock.GetUtcNow().ShouldBe(Start.AddSeconds(5));
    }
}
