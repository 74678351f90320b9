namespace Tokens.Wallet.Ledger;

/// <summary>A request in the queue with the caller who waits for it.</summary>
internal sealed class PendingPosting(PostingRequest request)
{
    // Continuations must not run on the writer: it has the next batch to commit.
    private readonly TaskCompletionSource<PostingDecision> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal PostingRequest Request { get; } = request;

    internal Task<PostingDecision> Decided => _decided.Task;

    internal void Decide(PostingDecision decision) => _decided.TrySetResult(decision);

    internal void Fail(Exception fault) => _decided.TrySetException(fault);

    internal bool Touches(Func<Guid, bool> isWanted) =>
        Request.Legs.Any(leg => (leg.From.IsMember && isWanted(leg.From.MemberId)) || (leg.To.IsMember && isWanted(leg.To.MemberId)));
}
