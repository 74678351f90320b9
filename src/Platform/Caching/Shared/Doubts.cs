using System.Runtime.InteropServices;

namespace Tokens.Platform.Caching.Shared;

/// <summary>
/// What this host wrote without knowing whether it arrived. Doubts are numbered in order, so that what was doubted before a moment can be
/// told from what came after it. Bounded: with too many, everything is in doubt.
/// </summary>
internal sealed class Doubts(int max)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (long Number, bool IsOnly)> _byId = [];
    private long _latest;
    private long _everything;
    private volatile bool _any;

    internal bool Any => _any;

    internal bool CoverEverything => _any && Volatile.Read(ref _everything) > 0;

    /// <summary>The number of the latest doubt.</summary>
    internal long Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    internal bool Cover(Guid id)
    {
        if (!_any)
        {
            return false;
        }

        lock (_lock)
        {
            return _everything > 0 || _byId.ContainsKey(id);
        }
    }

    /// <summary>Doubts these; answers the doubt's number.</summary>
    internal long Add(IReadOnlyList<Figure> figures)
    {
        lock (_lock)
        {
            _latest++;
            foreach (var figure in figures)
            {
                ref var doubt = ref CollectionsMarshal.GetValueRefOrAddDefault(_byId, figure.Id, out var isAlready);
                doubt = (_latest, !isAlready);
            }

            if (_byId.Count > max)
            {
                _byId.Clear();
                Volatile.Write(ref _everything, _latest);
            }

            _any = true;
            return _latest;
        }
    }

    internal void AddEverything()
    {
        lock (_lock)
        {
            _byId.Clear();
            Volatile.Write(ref _everything, ++_latest);
            _any = true;
        }
    }

    /// <summary>The write of that doubt did arrive; what was also doubted for another reason stays so.</summary>
    internal void Settle(IReadOnlyList<Figure> figures, long number)
    {
        lock (_lock)
        {
            foreach (var figure in figures)
            {
                if (_byId.TryGetValue(figure.Id, out var doubt) && doubt == (number, true))
                {
                    _byId.Remove(figure.Id);
                }
            }

            _any = _everything > 0 || _byId.Count > 0;
        }
    }

    /// <summary>Everything that was doubted up to there has been forgotten by the cache.</summary>
    internal void ClearUpTo(long number)
    {
        lock (_lock)
        {
            foreach (var (id, doubt) in _byId)
            {
                if (doubt.Number <= number)
                {
                    _byId.Remove(id);
                }
            }

            if (_everything <= number)
            {
                Volatile.Write(ref _everything, 0);
            }

            _any = _everything > 0 || _byId.Count > 0;
        }
    }
}
