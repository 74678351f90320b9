namespace Tokens.Platform.RateLimits;

/// <summary>
/// A bounded number of counts, each under its key. Those that have run out are forgotten as others are used; where that doesn't make
/// room, the one unused for longest is.
/// </summary>
/// <remarks>Time is elapsed time, which no correction of the machine's clock moves.</remarks>
internal sealed class Partitions<TPartition>(int capacity, TimeProvider time)
    where TPartition : class, IPartition, new()
{
    // Two for each that may come, so that the idle ones become fewer.
    private const int ForgottenAUse = 2;

    private readonly long _origin = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, TPartition Partition)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, TPartition Partition)> _byUse = new();

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>Runs <paramref name="use"/> on the key's partition, alone, with the present moment in ticks.</summary>
    internal TResult Use<TArgument, TResult>(string key, TArgument argument, Func<TPartition, long, TArgument, TResult> use)
    {
        lock (_lock)
        {
            // Read under the lock: moments that a partition sees never run back.
            var now = time.GetElapsedTime(_origin).Ticks;
            return use(Find(key, now), now, argument);
        }
    }

    private TPartition Find(string key, long now)
    {
        if (_byKey.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            for (var i = 0; i < ForgottenAUse && _byUse.Last is { } oldest && (_byKey.Count >= capacity || oldest.Value.Partition.IsIdle(now)); i++)
            {
                _byUse.Remove(oldest);
                _byKey.Remove(oldest.Value.Key);
            }

            node = new((key, new TPartition()));
            _byKey.Add(key, node);
        }

        _byUse.AddFirst(node);
        return node.Value.Partition;
    }
}
