using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tokens.Wallet.Ledger;

namespace Tokens.Wallet.Balances;

/// <summary>Tells the members' open streams of commits. What a slow stream misses it reads again at its next heartbeat.</summary>
internal sealed class BalanceFeed(IOptions<WalletOptions> options) : ICommitListener
{
    private const int BacklogMax = 64;

    private readonly ConcurrentDictionary<Guid, Subscription[]> _byMember = [];

    /// <summary>Opens a subscription; null when the member holds as many as allowed.</summary>
    internal Subscription? Subscribe(Guid memberId)
    {
        var subscription = new Subscription(this, memberId);
        while (true)
        {
            if (!_byMember.TryGetValue(memberId, out var open))
            {
                if (_byMember.TryAdd(memberId, [subscription]))
                {
                    return subscription;
                }
            }
            else if (open.Length >= options.Value.StreamsPerMemberMax)
            {
                return null;
            }
            else if (_byMember.TryUpdate(memberId, [.. open, subscription], open))
            {
                return subscription;
            }
        }
    }

    public void Committed(BatchResult batch)
    {
        if (_byMember.IsEmpty)
        {
            return;
        }

        foreach (var change in BalanceChange.Of(batch.Committed))
        {
            Tell(change);
        }
    }

    /// <summary>Tells whoever listens here, be it of what another host did.</summary>
    internal void Tell(IBalanceNews news)
    {
        if (_byMember.TryGetValue(news.MemberId, out var open))
        {
            foreach (var subscription in open)
            {
                subscription.Offer(news);
            }
        }
    }

    private void Unsubscribe(Subscription subscription)
    {
        while (_byMember.TryGetValue(subscription.MemberId, out var open))
        {
            var rest = open.Where(other => other != subscription).ToArray();
            var done = rest.Length == 0
                ? _byMember.TryRemove(new KeyValuePair<Guid, Subscription[]>(subscription.MemberId, open))
                : _byMember.TryUpdate(subscription.MemberId, rest, open);
            if (done)
            {
                return;
            }
        }
    }

    internal sealed class Subscription(BalanceFeed feed, Guid memberId) : IDisposable
    {
        private readonly Channel<IBalanceNews> _changes = Channel.CreateBounded<IBalanceNews>(
            new BoundedChannelOptions(BacklogMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

        internal Guid MemberId { get; } = memberId;

        internal ChannelReader<IBalanceNews> Changes => _changes.Reader;

        internal void Offer(IBalanceNews news) => _changes.Writer.TryWrite(news);

        public void Dispose() => feed.Unsubscribe(this);
    }
}
