namespace Tokens.Survival.Tests.Storms;

/// <summary>The real clock, but for what it shows, which a test moves; timers and elapsed time run on, as they do on a machine.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Shows a time that much later, or earlier, than the real one.</summary>
    internal void JumpTo(TimeSpan offset) => Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
}
