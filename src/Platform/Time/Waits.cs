namespace Tokens.Platform.Time;

/// <summary>
/// Decides whether a stored wait is still on, on a clock that may be set back. A wait that ends later than it could have been set to end
/// was set by a clock that was ahead, and counts as elapsed.
/// </summary>
public static class Waits
{
    /// <summary>How far the clocks of two hosts may differ without a wait being taken for one that a clock ahead has set.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Returns the latest end that a wait can have now.</summary>
    /// <param name="now">The present instant, in UTC.</param>
    /// <param name="longest">The longest time for which such a wait is set.</param>
    public static DateTime LatestEnd(DateTime now, TimeSpan longest) => now + longest + ClockTolerance;

    /// <summary>Returns whether the wait is on: it ends in the future, and not later than it could have been set to.</summary>
    /// <param name="until">The end of the wait, in UTC; null for none.</param>
    /// <param name="now">The present instant, in UTC.</param>
    /// <param name="longest">The longest time for which such a wait is set.</param>
    public static bool IsOn(DateTime? until, DateTime now, TimeSpan longest) => until > now && until <= LatestEnd(now, longest);
}
