namespace Tokens.Wallet.Contracts;

/// <summary>What one commit of the ledger posted.</summary>
/// <param name="Id">The same each time that the batch is told.</param>
/// <param name="PostedAt">When it was posted, in UTC.</param>
/// <param name="Entries">At least one; what the commit did to members' accounts.</param>
public sealed record PostedBatch(Guid Id, DateTime PostedAt, IReadOnlyList<PostedEntry> Entries);

/// <summary>One posting as one member's account saw it, all of its legs together.</summary>
/// <param name="PostingId">The entry's id in histories; both sides of a posting have the same.</param>
/// <param name="MemberId">Whose account.</param>
/// <param name="Kind">Kind of the first leg that touches the account.</param>
/// <param name="Tokens">Signed from the member's side; not 0.</param>
/// <param name="CounterpartyId">The member on the other side of that leg; null for an account of the system.</param>
/// <param name="PostedAt">When it was posted, in UTC.</param>
public sealed record PostedEntry(
    Guid PostingId, Guid MemberId, TransferKind Kind, long Tokens, Guid? CounterpartyId, DateTime PostedAt);
