using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>The requests that are decided and committed together, and what is asked of the database for them.</summary>
internal sealed class PostingBatch
{
    private readonly SortedDictionary<Guid, string?> _accounts = new(LockOrder);

    internal PostingBatch(IReadOnlyList<PostingRequest> requests, int writer)
    {
        Requests = requests;
        Writer = writer;
        foreach (var request in requests)
        {
            foreach (var leg in request.Legs)
            {
                Add(leg.From);
                Add(leg.To);
            }
        }
    }

    internal IReadOnlyList<PostingRequest> Requests { get; }

    internal int Writer { get; }

    /// <summary>Whether an earlier attempt may have committed: the ids are looked up before anything is decided.</summary>
    internal bool IsRepeat { get; set; }

    /// <summary>Ids of all accounts touched, with the names of system accounts, in the one order in which all hosts lock them.</summary>
    internal IReadOnlyDictionary<Guid, string?> Accounts => _accounts;

    internal IEnumerable<Guid> PayeeIds => Requests.Where(r => r.Payee is not null).Select(r => r.Payee!.MemberId).Distinct();

    internal IEnumerable<KeyScope> Scopes => Requests.Where(r => r.Key is not null).Select(r => r.Scope!.Value).Distinct();

    // Big-endian byte order: the order in which PostgreSQL sorts a uuid and SQLite a blob.
    private static Comparer<Guid> LockOrder { get; } = Comparer<Guid>.Create((a, b) =>
    {
        Span<byte> left = stackalloc byte[16];
        Span<byte> right = stackalloc byte[16];
        a.TryWriteBytes(left, bigEndian: true, out _);
        b.TryWriteBytes(right, bigEndian: true, out _);
        return left.SequenceCompareTo(right);
    });

    private void Add(Account account)
    {
        if (account.IsMember)
        {
            _accounts.TryAdd(account.MemberId, null);
        }
        else
        {
            _accounts.TryAdd(AccountIds.Of(account.System, Writer), AccountIds.NameOf(account.System, Writer));
        }
    }
}
