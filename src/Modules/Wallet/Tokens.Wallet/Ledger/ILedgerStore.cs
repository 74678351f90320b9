using Tokens.Platform.Caching;

namespace Tokens.Wallet.Ledger;

/// <summary>One writer's session with the database: posts batches, one at a time.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Connects if need be, and answers this session's writer number: no two live sessions share one.</summary>
    Task<int> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// In one transaction: locks the batch's accounts in order, reads what decisions depend on, decides, writes, commits.
    /// Answers one decision a request, in order; an exception means that nothing is known of the commit.
    /// </summary>
    Task<BatchResult> PostAsync(PostingBatch batch, CancellationToken cancellationToken);

    /// <summary>Those of the batch's accounts that another session holds locked right now.</summary>
    Task<IReadOnlySet<Guid>> FindContendedAsync(PostingBatch batch, CancellationToken cancellationToken);
}

/// <summary>What became of a batch.</summary>
/// <param name="Decisions">One for each request, in order.</param>
/// <param name="Committed">Rows that this commit wrote, in order.</param>
internal sealed record BatchResult(IReadOnlyList<PostingDecision> Decisions, IReadOnlyList<Data.TransferRow> Committed)
{
    /// <summary>Version and balance of each member whose request is answered as posted, now or before, as they are after this commit.</summary>
    internal IReadOnlyList<Figure> Balances { get; init; } = [];

    /// <summary>A moment before the transaction began.</summary>
    internal CacheMoment Before { get; init; }
}
