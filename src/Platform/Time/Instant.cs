namespace Tokens.Platform.Time;

/// <summary>The one way to read the time: UTC, cut to whole milliseconds, so that what is stored and what is answered are equal.</summary>
public static class Instant
{
    /// <summary>The present moment of <paramref name="time"/> as a UTC <see cref="DateTime"/> in whole milliseconds.</summary>
    public static DateTime UtcNow(this TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Truncate(time.GetUtcNow().UtcDateTime);
    }

    /// <summary><paramref name="moment"/>, taken as UTC, without the part below a millisecond.</summary>
    public static DateTime Truncate(DateTime moment) =>
        new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
}
