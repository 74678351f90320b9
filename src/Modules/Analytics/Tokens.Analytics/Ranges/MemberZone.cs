using Tokens.Analytics.Contracts;
using Tokens.Platform.Time;

namespace Tokens.Analytics.Ranges;

/// <summary>The zone in which a member's days begin: the one of the refill settings, else UTC.</summary>
internal sealed class MemberZone(IRefillContext refills)
{
    internal async Task<TimeZoneInfo> OfAsync(Guid memberId, CancellationToken cancellationToken) =>
        Of(await refills.GetSettingsAsync(memberId, cancellationToken));

    internal static TimeZoneInfo Of(RefillSettings settings) => TimeZones.FindOrUtc(settings.TimeZone);
}
