using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tokens.Wallet.Ledger;

/// <summary>
/// Requests on accounts that another host holds locked. They wait here, on a session of their own, so that a host that has frozen
/// stops nobody else; later requests on the same accounts follow them, in order.
/// </summary>
internal sealed class ContendedLane(int capacity)
{
    private readonly Channel<PendingPosting> _line = Channel.CreateBounded<PendingPosting>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<Guid, int> _waiting = [];

    internal ChannelReader<PendingPosting> Reader => _line.Reader;

    /// <summary>Takes the request if it touches an account that is waited for.</summary>
    internal bool TryTake(PendingPosting pending) =>
        !_waiting.IsEmpty && pending.Touches(_waiting.ContainsKey) && Take(pending, _waiting.ContainsKey);

    /// <summary>Takes the request because of these accounts; false when the lane is full.</summary>
    internal bool Take(PendingPosting pending, IReadOnlySet<Guid> contended) => Take(pending, contended.Contains);

    internal void Close() => _line.Writer.TryComplete();

    private bool Take(PendingPosting pending, Func<Guid, bool> isContended)
    {
        var accounts = pending.Request.Legs
            .SelectMany(leg => new[] { leg.From, leg.To })
            .Where(account => account.IsMember && isContended(account.MemberId))
            .Select(account => account.MemberId)
            .Distinct()
            .ToList();
        foreach (var account in accounts)
        {
            _waiting.AddOrUpdate(account, 1, (_, count) => count + 1);
        }

        if (!_line.Writer.TryWrite(pending))
        {
            Leave(accounts);
            return false;
        }

        _ = pending.Decided.ContinueWith(_ => Leave(accounts), TaskScheduler.Default);
        return true;
    }

    private void Leave(List<Guid> accounts)
    {
        foreach (var account in accounts)
        {
            while (_waiting.TryGetValue(account, out var count))
            {
                var done = count == 1
                    ? _waiting.TryRemove(new KeyValuePair<Guid, int>(account, count))
                    : _waiting.TryUpdate(account, count - 1, count);
                if (done)
                {
                    break;
                }
            }
        }
    }
}
