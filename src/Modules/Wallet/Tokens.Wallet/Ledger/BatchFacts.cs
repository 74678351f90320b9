using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>What the store read once its locks were held: all that a decision may depend on.</summary>
internal sealed class BatchFacts
{
    internal Dictionary<Guid, AccountState> Accounts { get; } = [];

    /// <summary>Postings stored under a key of this batch.</summary>
    internal Dictionary<KeyScope, StoredPosting> ByKey { get; } = [];

    /// <summary>Postings stored under an id of this batch: an earlier attempt of the same batch did commit.</summary>
    internal Dictionary<Guid, StoredPosting> ById { get; } = [];

    /// <summary>Members among the payees, with whether they are creators.</summary>
    internal Dictionary<Guid, bool> Payees { get; } = [];

    /// <summary>Accounts that were made for requests that have then been refused.</summary>
    internal IEnumerable<Guid> UnusedAccounts =>
        Accounts.Values.Where(account => account.IsNew && !account.IsChanged).Select(account => account.Id);

    internal void AddByKey(KeyScope scope, StoredLeg leg) => Merge(ByKey, scope, leg);

    internal void AddById(StoredLeg leg) => Merge(ById, leg.TransferId, leg);

    private static void Merge<TName>(Dictionary<TName, StoredPosting> postings, TName name, StoredLeg leg)
        where TName : notnull
    {
        if (!postings.TryGetValue(name, out var posting))
        {
            posting = postings[name] = new StoredPosting(leg.TransferId, leg.PostedAt);
        }

        posting.Add(leg);
    }
}

/// <summary>A row of a posting that was found again; balances stand on the first leg that touches a member's account.</summary>
internal readonly record struct StoredLeg(
    Guid TransferId,
    DateTime PostedAt,
    byte[]? PayloadHash,
    Guid DebitAccountId,
    long? DebitBalanceAfter,
    Guid CreditAccountId,
    long? CreditBalanceAfter);

/// <summary>A posting as the ledger remembers it.</summary>
internal sealed class StoredPosting(Guid transferId, DateTime postedAt)
{
    private readonly Dictionary<Guid, long> _balancesAfter = [];

    internal StoredPosting(byte[] payloadHash, PostingReceipt receipt)
        : this(receipt.TransferId, receipt.PostedAt)
    {
        PayloadHash = payloadHash;
        _balancesAfter = new Dictionary<Guid, long>(receipt.BalancesAfter);
    }

    internal byte[] PayloadHash { get; private set; } = [];

    internal PostingReceipt Receipt => new(transferId, postedAt, _balancesAfter);

    internal void Add(StoredLeg leg)
    {
        PayloadHash = leg.PayloadHash ?? PayloadHash;
        if (leg.DebitBalanceAfter is { } debit)
        {
            _balancesAfter[leg.DebitAccountId] = debit;
        }

        if (leg.CreditBalanceAfter is { } credit)
        {
            _balancesAfter[leg.CreditAccountId] = credit;
        }
    }
}
