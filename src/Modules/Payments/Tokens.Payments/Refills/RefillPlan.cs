using Tokens.Analytics.Contracts;
using Tokens.Platform.Time;

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

    /// <summary>Name in the IANA list.</summary>
    public string TimeZone { get; set; } = DefaultZone;

    /// <summary>The date for which the member's limits counted when the zone was last changed; null when it never was.</summary>
    public DateOnly? ZoneChangeDate { get; private set; }

    /// <summary>The start of that day.</summary>
    public DateTime? ZoneChangeDayStart { get; private set; }

    /// <summary>The start of the month for which they counted then.</summary>
    public DateTime? ZoneChangeMonthStart { get; private set; }

    /// <summary>From then on the limits count by the days of <see cref="TimeZone"/>.</summary>
    public DateTime? ZoneChangeEffectiveAt { get; private set; }

    /// <summary>Why the product switched it off; null when the member did, or it is on.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>Refills declined since the last one that was paid.</summary>
    public int Declines { get; set; }

    /// <summary>Until then nothing is charged, after a decline.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>Stripe's id of the payment method that was declined; null when it isn't known.</summary>
    public string? PausedMethodId { get; set; }

    /// <summary>When the last refill was begun: no two are within a minute.</summary>
    public DateTime? LastStartedAt { get; set; }

    /// <summary>When the balance is to be looked at, because something was spent or for a smart reason; null when there is nothing to look at.</summary>
    public DateTime? CheckAt { get; set; }

    /// <summary>From then on smart reasons are looked for again, which costs a forecast; null for at once.</summary>
    public DateTime? SmartCheckAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Raised by every write.</summary>
    public long Version { get; set; }

    internal ZoneChange? ZoneChange => ZoneChangeDate is { } date
        ? new(new(date, ZoneChangeDayStart!.Value, ZoneChangeMonthStart!.Value), ZoneChangeEffectiveAt!.Value)
        : null;

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

    /// <summary>Returns whether the pause after a decline is on.</summary>
    internal bool IsPaused(DateTime now, RefillOptions options) =>
        PausedUntil is { } until && !DueTimes.OfEnds(now, options.DeclinePause(Declines)).Covers(until);

    /// <summary>Returns whether the pause concerns the payment method: another one has not been declined.</summary>
    internal bool IsPauseFor(string methodId) => PausedMethodId is null || PausedMethodId == methodId;

    /// <summary>Pauses refills after one that was declined; after some in a row they are off until the member switches them on again.</summary>
    internal void Decline(string methodId, DateTime now, RefillOptions options)
    {
        Declines++;
        PausedUntil = now + options.DeclinePause(Declines);
        PausedMethodId = methodId;
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
            (DisabledReason, Declines, PausedUntil, PausedMethodId) = (null, 0, null, null);
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
        ChangeZone(request.TimeZone ?? TimeZone, now);
        CheckAt = IsEnabled ? CheckAt ?? (IsSmart ? now + options.SmartPause : null) : null;
        UpdatedAt = now;
        Version++;
    }

    private void ChangeZone(string zone, DateTime now)
    {
        if (zone == TimeZone)
        {
            return;
        }

        var change = ZoneChange.From(now, TimeZones.FindOrUtc(TimeZone), ZoneChange);
        (ZoneChangeDate, ZoneChangeDayStart, ZoneChangeMonthStart) = (change.Before.Date, change.Before.DayStart, change.Before.MonthStart);
        ZoneChangeEffectiveAt = change.EffectiveAt;
        TimeZone = zone;
    }
}
