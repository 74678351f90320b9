namespace Tokens.Platform.Time;

/// <summary>
/// The instants at which something that was put off is due, although a clock may have been set back since. Due is what lies in the
/// past, and what lies further ahead than any pause leads to: it was written by a clock that was ahead, and would wait for as long.
/// </summary>
/// <param name="Now">What lies at or before this instant is due; UTC.</param>
/// <param name="Latest">What lies behind this instant is due; UTC.</param>
public readonly record struct DueTimes(DateTime Now, DateTime Latest)
{
    /// <summary>The most by which the clocks of two hosts may differ before one distrusts what the other wrote: 30 seconds.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(30);

    /// <summary>For a column that holds the end of a pause, a claim or a lease.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="longest">The longest pause that any host sets.</param>
    public static DueTimes OfEnds(TimeProvider time, TimeSpan longest) => OfEnds(time.UtcNow(), longest);

    /// <summary>For a column that holds the end of a pause, a claim or a lease.</summary>
    /// <param name="now">The present instant; UTC.</param>
    /// <param name="longest">The longest pause that any host sets.</param>
    public static DueTimes OfEnds(DateTime now, TimeSpan longest) => new(now, now + longest + SkewMax);

    /// <summary>For a column that holds the beginning of a pause, such as the time of the last attempt.</summary>
    /// <param name="now">The present instant; UTC.</param>
    /// <param name="pause">The pause after it.</param>
    public static DueTimes OfBeginnings(DateTime now, TimeSpan pause) => new(now - pause, now + SkewMax);

    /// <summary>Whether what has this instant is due.</summary>
    public bool Covers(DateTime instant) => instant <= Now || instant > Latest;
}
