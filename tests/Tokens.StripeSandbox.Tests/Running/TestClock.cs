namespace Tokens.StripeSandbox.Tests.Running;

internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private long offsetTicks;

    internal void Advance(TimeSpan by) => Interlocked.Add(ref offsetTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Interlocked.Read(ref offsetTicks));
}
