using System.Collections.Concurrent;
using System.Text;

namespace Tokens.Platform.Caching.Shared;

/// <summary>
/// Collapses the loads of this host that stand under one lease into one. A reader may take the result of any load under a lease that it
/// has seen standing: whatever was acknowledged before it came would have voided the lease, unless the load, which began after the
/// lease was taken, has seen it. So results are kept a little after their end, for readers who saw the lease and come late.
/// </summary>
internal sealed class Loads
{
    private const int KeptMax = 512;

    private readonly ConcurrentDictionary<string, Lazy<Task<Figure>>> _byLease = [];
    private readonly ConcurrentQueue<string> _ended = new();

    internal Task<Figure> JoinAsync(byte[] lease, Func<Task<Figure>> load)
    {
        var name = Encoding.ASCII.GetString(lease);
        return _byLease.GetOrAdd(name, new Lazy<Task<Figure>>(() => RunAsync(name, load))).Value;
    }

    private async Task<Figure> RunAsync(string lease, Func<Task<Figure>> load)
    {
        try
        {
            var figure = await load();
            _ended.Enqueue(lease);
            if (_ended.Count > KeptMax && _ended.TryDequeue(out var oldest))
            {
                _byLease.TryRemove(oldest, out _);
            }

            return figure;
        }
        catch
        {
            _byLease.TryRemove(lease, out _);
            throw;
        }
    }
}
