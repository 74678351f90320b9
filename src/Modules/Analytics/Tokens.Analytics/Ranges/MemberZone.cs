using Tokens.Analytics.Contracts;

namespace Tokens.Analytics.Ranges;

/// <summary>The zone in which a member's days begin: the one of the refill settings, else UTC.</summary>
internal sealed class MemberZone(IRefillContext refills)
{
    internal async Task<TimeZoneInfo> OfAsync(Guid memberId, CancellationToken cancellationToken) =>
        Of(await refills.GetSettingsAsync(memberId, cancellationToken));

    // A zone that was known when it was set may be unknown to the machine of today.
    internal static TimeZoneInfo Of(RefillSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
