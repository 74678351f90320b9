using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Wallet.Ledger;

/// <summary>The bounded line in front of the writer. Full or closed, it refuses at once, before anything is written.</summary>
internal sealed class PostingQueue
{
    internal static readonly Problem Busy = new(ProblemKind.Overloaded, "Too many requests are waiting. Please try again in a moment.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private readonly Channel<PendingPosting> _line;
    private readonly WalletMetrics _metrics;
    private readonly TimeProvider _time;

    public PostingQueue(IOptions<LedgerOptions> options, WalletMetrics metrics, TimeProvider time)
    {
        _line = Channel.CreateBounded<PendingPosting>(
            new BoundedChannelOptions(options.Value.QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        (_metrics, _time) = (metrics, time);
        metrics.TellQueueLength(() => _line.Reader.Count);
    }

    internal ChannelReader<PendingPosting> Reader => _line.Reader;

    /// <summary>
    /// Waits for the decision, which stands once the request is in line: from here on the caller going away changes nothing.
    /// </summary>
    internal Task<PostingDecision> PostAsync(PostingRequest request)
    {
        var pending = new PendingPosting(request, _time.GetTimestamp());
        if (_line.Writer.TryWrite(pending))
        {
            return pending.Decided;
        }

        _metrics.CountShed(request);
        throw new ProblemException(Busy);
    }

    internal void Close() => _line.Writer.TryComplete();
}
