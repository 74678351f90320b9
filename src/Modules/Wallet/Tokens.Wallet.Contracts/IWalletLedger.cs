namespace Tokens.Wallet.Contracts;

/// <summary>How other modules move and read tokens.</summary>
public interface IWalletLedger
{
    /// <summary>
    /// Posts all legs or none. Safe to repeat: the same key with the same content answers <see cref="PostingOutcome.AlreadyPosted"/>
    /// with the first receipt, with other content <see cref="PostingOutcome.KeyReused"/>. A refusal leaves the key free.
    /// </summary>
    /// <remarks>An exception means that the outcome is unknown: repeat with the same key.</remarks>
    Task<PostingOutcome> PostAsync(Posting posting, CancellationToken cancellationToken);

    /// <summary>
    /// The member's balance now, in tokens; 0 for a member without any transfer. Always from the database, so that one may act on it.
    /// </summary>
    Task<long> GetBalanceAsync(Guid memberId, CancellationToken cancellationToken);

    /// <summary>Those of the given ids that are members, by id.</summary>
    Task<IReadOnlyDictionary<Guid, Member>> FindMembersAsync(
        IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken);
}
