namespace Tokens.Wallet.Contracts;

/// <summary>How other modules read what was posted.</summary>
public interface IWalletHistory
{
    /// <summary>
    /// The batches after the given one in the order of their ids, which isn't the order of their commits: those that commit later than
    /// this is read may have any id, and are told to subscribers. Empty at the end.
    /// </summary>
    /// <param name="afterBatchId">The last batch already read; null for the first page.</param>
    /// <param name="transfersMax">Transfers after which a page ends, 1 to 100,000; a page has at least one batch.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<PostedBatch>> ReadBatchesAsync(Guid? afterBatchId, int transfersMax, CancellationToken cancellationToken);

    /// <summary>The member's newest entries of the given kinds on one side, newest first.</summary>
    /// <param name="memberId">Whose.</param>
    /// <param name="incoming">Whether the entries that brought tokens are wanted, or those that took some.</param>
    /// <param name="kinds">Which kinds.</param>
    /// <param name="count">At most so many, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<PostedEntry>> NewestAsync(
        Guid memberId, bool incoming, IReadOnlyCollection<TransferKind> kinds, int count, CancellationToken cancellationToken);

    /// <summary>When the oldest batch was posted of which a subscriber hasn't been told yet, in UTC; null when it knows of all.</summary>
    /// <param name="subscriber">The subscriber's name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<DateTime?> OldestUntoldAsync(string subscriber, CancellationToken cancellationToken);
}
