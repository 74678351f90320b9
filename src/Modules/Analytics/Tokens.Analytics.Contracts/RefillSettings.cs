namespace Tokens.Analytics.Contracts;

/// <summary>How a member wants the balance refilled, under the names of the wire.</summary>
/// <param name="AutoRefillEnabled">Whether it is refilled at all.</param>
/// <param name="AutoRefillPackage">The package to buy, in tokens; null for the one that the forecast recommends.</param>
/// <param name="SmartRefillEnabled">Whether other triggers than the threshold refill it too.</param>
/// <param name="RefillThreshold">Tokens below which it is refilled, 0 or more.</param>
/// <param name="PeakHourRefill">Before the hours in which the member spends most.</param>
/// <param name="WeekendRefill">Before a weekend.</param>
/// <param name="FavoriteCreatorRefill">Before time with a favourite creator.</param>
/// <param name="DailyLimitUsd">US dollars that refills may cost in a day; null for the product's own ceiling alone.</param>
/// <param name="MonthlyLimitUsd">US dollars that refills may cost in a calendar month; null likewise.</param>
/// <param name="TimeZone">IANA name of the zone in which the member's days and weeks begin.</param>
public sealed record RefillSettings(
    bool AutoRefillEnabled,
    long? AutoRefillPackage,
    bool SmartRefillEnabled,
    long RefillThreshold,
    bool PeakHourRefill,
    bool WeekendRefill,
    bool FavoriteCreatorRefill,
    decimal? DailyLimitUsd,
    decimal? MonthlyLimitUsd,
    string TimeZone);
