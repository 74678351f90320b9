using Tokens.Analytics.Contracts;

namespace Tokens.Payments.Refills;

/// <summary>How a member wants the balance refilled.</summary>
internal sealed class RefillPlan
{
    internal const string DefaultZone = "UTC";
    internal const long DefaultThreshold = 100;

    public required Guid MemberId { get; init; }

    public bool IsEnabled { get; set; }

    /// <summary>In tokens; null for the forecast's.</summary>
    public long? PackageTokens { get; set; }

    /// <summary>Whether other triggers than the threshold refill too.</summary>
    public bool IsSmart { get; set; }

    public long ThresholdTokens { get; set; } = DefaultThreshold;

    public bool AtPeakHours { get; set; }

    public bool BeforeWeekends { get; set; }

    public bool ForFavoriteCreators { get; set; }

    /// <summary>Null for the product's own ceiling alone.</summary>
    public long? DailyLimitMinor { get; set; }

    public long? MonthlyLimitMinor { get; set; }

    public string TimeZone { get; set; } = DefaultZone;

    /// <summary>Why the product switched it off; null when the member did, or it is on.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>Refills declined since the last one that was paid.</summary>
    public int Declines { get; set; }

    /// <summary>Until then nothing is charged, after a decline.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>When the last refill was begun: no two are within a minute.</summary>
    public DateTime? LastStartedAt { get; set; }

    /// <summary>When the balance is to be looked at, because something was spent or for a smart reason; null when there is nothing to look at.</summary>
    public DateTime? CheckAt { get; set; }

    /// <summary>From then on smart reasons are looked for again, which costs a forecast; null for at once.</summary>
    public DateTime? SmartCheckAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Raised by every write.</summary>
    public long Version { get; set; }

    internal RefillSettings ToSettings() => new(
        IsEnabled,
        PackageTokens,
        IsSmart,
        ThresholdTokens,
        AtPeakHours,
        BeforeWeekends,
        ForFavoriteCreators,
        DailyLimitMinor / 100m,
        MonthlyLimitMinor / 100m,
        TimeZone);

    /// <summary>Pauses refills after one that was declined; after some in a row they are off until the member switches them on again.</summary>
    internal void Decline(DateTime now, RefillOptions options)
    {
        Declines++;
        PausedUntil = now + options.DeclinePause(Declines);
        if (Declines >= options.DeclinesMax)
        {
            (IsEnabled, DisabledReason, CheckAt) = (false, RefillOutcomes.Declined, null);
        }

        UpdatedAt = now;
        Version++;
    }

    /// <summary>Takes the member's word; what was wrong before is forgotten when the member switches it on again.</summary>
    internal void Change(PatchRefillSettings.Request request, DateTime now, RefillOptions options)
    {
        if (request.IsEnabled && !IsEnabled)
        {
            (DisabledReason, Declines, PausedUntil) = (null, 0, null);
        }

        IsEnabled = request.IsEnabled;
        PackageTokens = request.Package.Over(PackageTokens);
        IsSmart = request.IsSmart ?? IsSmart;
        ThresholdTokens = request.ThresholdTokens ?? ThresholdTokens;
        AtPeakHours = request.AtPeakHours ?? AtPeakHours;
        BeforeWeekends = request.BeforeWeekends ?? BeforeWeekends;
        ForFavoriteCreators = request.ForFavoriteCreators ?? ForFavoriteCreators;
        DailyLimitMinor = request.DailyLimit.Over(DailyLimitMinor);
        MonthlyLimitMinor = request.MonthlyLimit.Over(MonthlyLimitMinor);
        TimeZone = request.TimeZone ?? TimeZone;
        CheckAt = IsEnabled ? CheckAt ?? (IsSmart ? now + options.SmartPause : null) : null;
        UpdatedAt = now;
        Version++;
    }
}
