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
        Forget(now - window);
        var isAllowed = _held < limit.Permits;
        if (isAllowed)
        {
            Add(now, limit);
        }

        // More are held than permitted after the limit was lowered: then the newest of them decide.
        var counted = Math.Min(_held, limit.Permits);
        var nextPermitAt = _moments[(_first + _held - counted) % _moments.Length] + window;
        return new RateLimitCount(isAllowed, limit.Permits - counted, TimeSpan.FromTicks(nextPermitAt - now));
    }

    /// <summary>Makes up for what another count has decided: a permit more, or the newest one given back.</summary>
    internal void Correct(long now, RateLimit limit, bool isTaken)
    {
        Forget(now - limit.Window.Ticks);
        if (isTaken)
        {
            Add(now, limit);
        }
        else if (_held > 0)
        {
            _held--;
        }
    }

    private void Forget(long until)
    {
        while (_held > 0 && _moments[_first] <= until)
        {
            _first = (_first + 1) % _moments.Length;
            _held--;
        }
    }

    private void Add(long now, RateLimit limit)
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
        _idleFrom = now + limit.Window.Ticks;
    }
}
