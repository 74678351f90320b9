using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

/// <summary>What a sliding window is, by counting everything that ever was allowed.</summary>
internal sealed class WindowModel
{
    private readonly List<long> _allowed = [];
    private long _forgottenUntil = long.MinValue;

    internal int Allowed => _allowed.Count;

    internal int Refused { get; private set; }

    internal RateLimitCount Take(long now, RateLimit limit)
    {
        // A wider window doesn't bring back what a narrower one has let go.
        _forgottenUntil = Math.Max(_forgottenUntil, now - limit.Window.Ticks);
        var isAllowed = Held(now) < limit.Permits;
        if (isAllowed)
        {
            _allowed.Add(now);
        }
        else
        {
            Refused++;
        }

        var remaining = Math.Max(0, limit.Permits - Held(now));
        var next = _allowed.Where(moment => moment > _forgottenUntil).Select(moment => moment + limit.Window.Ticks)
            .First(moment => limit.Permits - Held(moment) > remaining);
        return new RateLimitCount(isAllowed, remaining, TimeSpan.FromTicks(next - now));

        int Held(long at) => _allowed.Count(moment => moment > Math.Max(_forgottenUntil, at - limit.Window.Ticks));
    }
}
