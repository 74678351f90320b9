namespace Tokens.Payments.Refills;

/// <summary>How a member's refills are set and stand.</summary>
/// <param name="Warnings">Codes of <see cref="RefillWarning"/>; empty when refills work as they are set, or are off.</param>
/// <param name="Until">The end of the pause after a decline; null unless the warnings name it.</param>
internal sealed record RefillSettingsResponse(
    bool Success,
    RefillSettingsResponse.Shown Settings,
    IReadOnlyList<string> Warnings,
    DateTime? Until,
    string Message,
    DateTime Timestamp)
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

    internal static RefillSettingsResponse Of(
        RefillPlan plan, PendingRefill? pending, IReadOnlyList<string> warnings, string message, DateTime now)
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
            warnings,
            warnings.Contains(RefillWarning.PausedAfterDecline) ? plan.PausedUntil : null,
            message,
            now);
    }
}
