using Microsoft.Extensions.Time.Testing;

namespace Tokens.Testing;

/// <summary>A <see cref="FakeTimeProvider"/> that counts its timers, and whose wall clock can be corrected apart from elapsed time.</summary>
public sealed class TestTimeProvider(DateTimeOffset startDateTime) : FakeTimeProvider(startDateTime)
{
    private long _correctionTicks;
    private int _timers;

    /// <summary>Begins at noon on the first of January 2026.</summary>
    public TestTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Number of timers that are made and not disposed: a test waits until a worker waits before it moves time.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _correctionTicks));

    /// <inheritdoc />
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the wall clock forward or back as an operator does; no timer fires and no time elapses.</summary>
    public void Correct(TimeSpan by) => Interlocked.Add(ref _correctionTicks, by.Ticks);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new CountedTimer(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _timers));
    }

    private sealed class CountedTimer(ITimer timer, Action onDisposed) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                onDisposed();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
