namespace Tokens.Bench.History;

/// <summary>Says the time of the row that is being made, so that its ids are ordered as if it had been posted then.</summary>
internal sealed class SettableClock : TimeProvider
{
    internal DateTime Now { get; set; }

    public override DateTimeOffset GetUtcNow() => new(Now);
}
