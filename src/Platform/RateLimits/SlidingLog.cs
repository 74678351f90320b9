namespace Tokens.Platform.RateLimits;

/// <summary>The moments at which one caller's requests were allowed, as far back as the window reaches.</summary>
internal sealed class SlidingLog : IPartition
{
    private const int FirstCapacity = 4;

    // A ring: the oldest lies at _first.
    private long[] _moments = [];
    private int _first;
    private int _held;
    private long _idleFrom;

    public bool IsIdle(long now) => _idleFrom <= now;

    internal RateLimitCount Take(long now, RateLimit limit)
    {
        var window = limit.Window.Ticks;
        while (_held > 0 && _moments[_first] <= now - window)
        {
            _first = (_first + 1) % _moments.Length;
            _held--;
        }

        var isAllowed = _held < limit.Permits;
        if (isAllowed)
        {
            Add(now);
            _idleFrom = now + window;
        }

        // More are held than permitted after the limit was lowered: then the newest of them decide.
        var counted = Math.Min(_held, limit.Permits);
        var nextPermitAt = _moments[(_first + _held - counted) % _moments.Length] + window;
        return new RateLimitCount(isAllowed, limit.Permits - counted, TimeSpan.FromTicks(nextPermitAt - now));
    }

    private void Add(long now)
    {
        if (_held == _moments.Length)
        {
            var larger = new long[Math.Max(FirstCapacity, 2 * _held)];
            for (var i = 0; i < _held; i++)
            {
                larger[i] = _moments[(_first + i) % _held];
            }

            (_moments, _first) = (larger, 0);
        }

        _moments[(_first + _held) % _moments.Length] = now;
        _held++;
    }
}
