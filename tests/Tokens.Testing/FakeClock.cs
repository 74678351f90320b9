namespace Tokens.Testing;

/// <summary>
/// Time that stands still until a test moves it. Moving it forward fires the timers that come due, in the order of their
/// times, each seeing the clock at its own moment, on the thread that moves it. Safe to use from several threads.
/// </summary>
/// <param name="start">What the clock shows first; 2026-01-01T12:00Z unless told.</param>
public sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _origin = (start ?? new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)).ToUniversalTime();
    private TimeSpan _elapsed;
    private TimeSpan _target;
    private long _sequence;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers will fire when time goes on: a test waits for a worker to be asleep before it moves the clock.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _origin + _elapsed;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward by <paramref name="by"/> and fires what comes due, what the callbacks arm on the way included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: elapsed time never runs back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan until;
        lock (_lock)
        {
            // From where others are just moving it to, so that every move counts whole.
            until = by == TimeSpan.Zero ? _elapsed : _target += by;
        }

        while (TakeNextDue(until) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Sets the clock: forward as <see cref="Advance"/> does; backward as an operator does who corrects a clock, which fires no
    /// timer and takes no elapsed time away.
    /// </summary>
    public void Set(DateTimeOffset moment)
    {
        TimeSpan by;
        lock (_lock)
        {
            by = moment - (_origin + _elapsed);
            if (by < TimeSpan.Zero)
            {
                _origin += by;
                return;
            }
        }

        Advance(by);
    }

    internal void Schedule(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _elapsed + dueTime;
            timer.Period = period;
            timer.Sequence = _sequence++;
            _timers.Add(timer);
        }

        if (dueTime == TimeSpan.Zero)
        {
            // A real timer of zero fires on the pool at once; waiting for the next move of the clock would hang its owner.
            ThreadPool.QueueUserWorkItem(static clock => clock.Advance(TimeSpan.Zero), this, preferLocal: false);
        }
    }

    internal void Cancel(FakeTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private FakeTimer? TakeNextDue(TimeSpan until)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= until).OrderBy(timer => timer.Due).ThenBy(timer => timer.Sequence).FirstOrDefault();
            if (next is null)
            {
                _elapsed = until > _elapsed ? until : _elapsed;
                return null;
            }

            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due = _elapsed + next.Period;
                next.Sequence = _sequence++;
                _timers.Add(next);
            }

            return next;
        }
    }
}
