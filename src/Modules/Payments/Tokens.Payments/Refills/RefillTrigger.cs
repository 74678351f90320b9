namespace Tokens.Payments.Refills;

/// <summary>Why a refill is made, under the names of the wire.</summary>
internal static class RefillTrigger
{
    internal const string LowBalance = "low_balance";
    internal const string PeakHour = "peak_hour";
    internal const string WeekendPrep = "weekend_prep";
    internal const string FavoriteCreator = "favorite_creator";
    internal const string SmartPrediction = "smart_prediction";

    internal static readonly string[] All = [LowBalance, PeakHour, WeekendPrep, FavoriteCreator, SmartPrediction];

    /// <summary>Whether it needs more than that refills are on; none does not.</summary>
    internal static bool IsSmart(string? trigger) => trigger is not (null or LowBalance);

    /// <summary>Whether the plan allows a refill for this reason; the threshold needs no more than that it is on.</summary>
    internal static bool IsAllowedBy(RefillPlan plan, string trigger) => trigger switch
    {
        LowBalance => true,
        PeakHour => plan.AtPeakHours,
        WeekendPrep => plan.BeforeWeekends,
        FavoriteCreator => plan.ForFavoriteCreators,
        SmartPrediction => true,
        _ => false,
    };
}
