using System.Diagnostics;

namespace Tokens.Wallet.Ledger;

/// <summary>A request in the queue with the caller who waits for it.</summary>
internal sealed class PendingPosting(PostingRequest request, long queuedAt = 0)
{
    // Continuations must not run on the writer: it has the next batch to commit.
    private readonly TaskCompletionSource<PostingDecision> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal PostingRequest Request { get; } = request;

    /// <summary>When it got in line, as the clock's timestamp.</summary>
    internal long QueuedAt { get; } = queuedAt;

    /// <summary>The span of whoever asked.</summary>
    internal ActivityContext Asked { get; } = Activity.Current?.Context ?? default;

    internal Task<PostingDecision> Decided => _decided.Task;

    internal void Decide(PostingDecision decision) => _decided.TrySetResult(decision);

    internal void Fail(Exception fault) => _decided.TrySetException(fault);

    internal bool Touches(Func<Guid, bool> isWanted) =>
        Request.Legs.Any(leg => (leg.From.IsMember && isWanted(leg.From.MemberId)) || (leg.To.IsMember && isWanted(leg.To.MemberId)));
}
