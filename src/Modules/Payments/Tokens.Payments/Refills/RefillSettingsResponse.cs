namespace Tokens.Payments.Refills;

/// <summary>How a member's refills are set and stand.</summary>
internal sealed record RefillSettingsResponse(bool Success, RefillSettingsResponse.Shown Settings, string Message, DateTime Timestamp)
{
    /// <param name="AutoRefillPackage">In tokens; null for the forecast's.</param>
    /// <param name="DisabledReason">Why the product switched it off.</param>
    /// <param name="Pending">A refill under way.</param>
    internal sealed record Shown(
        bool AutoRefillEnabled,
        long? AutoRefillPackage,
        bool SmartRefillEnabled,
        long RefillThreshold,
        bool PeakHourRefill,
        bool WeekendRefill,
        bool FavoriteCreatorRefill,
        decimal? DailyLimitUsd,
        decimal? MonthlyLimitUsd,
        string TimeZone,
        string? DisabledReason,
        PendingRefill? Pending);

    /// <param name="ClientSecret">For the member to authenticate it; null while nothing is asked of the member.</param>
    internal sealed record PendingRefill(Guid PurchaseId, string Status, string? ClientSecret);

    internal static RefillSettingsResponse Of(RefillPlan plan, PendingRefill? pending, string message, DateTime now)
    {
        var settings = plan.ToSettings();
        return new RefillSettingsResponse(
            true,
            new Shown(
                settings.AutoRefillEnabled,
                settings.AutoRefillPackage,
                settings.SmartRefillEnabled,
                settings.RefillThreshold,
                settings.PeakHourRefill,
                settings.WeekendRefill,
                settings.FavoriteCreatorRefill,
                settings.DailyLimitUsd,
                settings.MonthlyLimitUsd,
                settings.TimeZone,
                plan.DisabledReason,
                pending),
            message,
            now);
    }
}
