namespace Tokens.Testing;

/// <summary>Waits for what no event announces. Where something can be awaited, await it instead.</summary>
public static class Eventually
{
    /// <summary>How long to wait for what should happen soon: long enough for a busy machine, since a wait that succeeds ends early.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Asked at least once, and once more when the deadline has passed; what it throws ends the wait.</param>
    /// <param name="deadline">How long to go on asking, in real time.</param>
    /// <param name="what">The sentence that should have become true; it is what the failure says.</param>
    /// <exception cref="TimeoutException">The deadline passed first.</exception>
    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var last = TimeProvider.System.GetElapsedTime(started) >= deadline;
            if (await condition())
            {
                return;
            }

            if (last)
            {
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0.###} s: {what}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <inheritdoc cref="BecomesTrueAsync(Func{Task{bool}}, TimeSpan, string)" />
    public static Task BecomesTrueAsync(Func<bool> condition, TimeSpan deadline, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return BecomesTrueAsync(() => Task.FromResult(condition()), deadline, what);
    }
}
