namespace Tokens.Analytics.Tests.Forecasts.Fans;

/// <summary>How a generated fan spends.</summary>
public enum FanHabit
{
    /// <summary>Nine days of ten, about as much each time.</summary>
    Steady,

    /// <summary>Saturdays and Sundays, half of the Fridays, hardly ever else.</summary>
    Weekend,

    /// <summary>Nothing for about six days, then much on about two days in a row.</summary>
    Bursty,

    /// <summary>As the steady one, but half as much after two to five weeks, and so on.</summary>
    Declining,

    /// <summary>One to three weeks old, spending on six days of ten.</summary>
    New,

    /// <summary>As the steady one until ten to sixty days ago; since then comes back for good with a chance of 1 in 250 a day.</summary>
    Lapsed,

    /// <summary>Once in three to twelve weeks, after irregular gaps; one spending of ten is the last.</summary>
    Rare,
}
