namespace Tokens.Analytics.RollUps;

/// <summary>Quarters of an hour since 1970 in UTC: every time zone's days begin on one.</summary>
internal static class Quarters
{
    internal const int ADay = 96;

    private static readonly long TicksOfOne = TimeSpan.FromMinutes(15).Ticks;

    internal static int Of(DateTime utc) => checked((int)((utc.Ticks - DateTime.UnixEpoch.Ticks) / TicksOfOne));

    /// <summary>Returns the first quarter that begins at the instant or after it.</summary>
    internal static int StartingFrom(DateTime utc) => Of(utc.AddTicks(TicksOfOne - 1));

    internal static DateTime StartOf(int quarter) => DateTime.UnixEpoch.AddTicks(quarter * TicksOfOne);
}
