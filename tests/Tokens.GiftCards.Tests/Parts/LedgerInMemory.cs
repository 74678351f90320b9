using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>The ledger's contract over dictionaries: one posting a key, no member below zero; with faults on demand.</summary>
internal sealed class LedgerInMemory(TimeProvider time) : IWalletLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PostingKey, (Posting Posting, PostingReceipt Receipt)> _postings = [];
    private readonly Dictionary<Account, long> _balances = [];

    /// <summary>Called for each posting: what to do instead of answering; null for nothing.</summary>
    public Func<Posting, LedgerFault?> Fault { get; set; } = _ => null;

    /// <summary>Postings that are committed, in the order of their commits.</summary>
    public List<Posting> Committed { get; } = [];

    /// <summary>Gives a member tokens out of nowhere.</summary>
    public void Give(Guid memberId, long tokens)
    {
        lock (_lock)
        {
            _balances[Account.OfMember(memberId)] = BalanceOf(Account.OfMember(memberId)) + tokens;
        }
    }

    public long BalanceOf(Guid memberId)
    {
        lock (_lock)
        {
            return BalanceOf(Account.OfMember(memberId));
        }
    }

    public long BalanceOf(SystemAccount system)
    {
        lock (_lock)
        {
            return BalanceOf(Account.Of(system));
        }
    }

    public Task<PostingOutcome> PostAsync(Posting posting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var fault = Fault(posting);
            if (fault?.IsBefore == true)
            {
                return Task.FromException<PostingOutcome>(fault.Exception);
            }

            var outcome = Post(posting);
            return fault is null ? Task.FromResult(outcome) : Task.FromException<PostingOutcome>(fault.Exception);
        }
    }

    public Task<long> GetBalanceAsync(Guid memberId, CancellationToken cancellationToken) => Task.FromResult(BalanceOf(memberId));

    public Task<IReadOnlyDictionary<Guid, Member>> FindMembersAsync(
        IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Member>>(memberIds.Distinct().ToDictionary(id => id, id => new Member(id, "Somebody", false)));

    private long BalanceOf(Account account) => _balances.GetValueOrDefault(account);

    private PostingOutcome Post(Posting posting)
    {
        if (_postings.TryGetValue(posting.Key, out var done))
        {
            return done.Posting.Legs.SequenceEqual(posting.Legs)
                ? new PostingOutcome.AlreadyPosted(done.Receipt)
                : new PostingOutcome.KeyReused();
        }

        var net = posting.Legs.SelectMany(leg => new[] { (leg.From, -leg.Tokens), (leg.To, leg.Tokens) })
            .GroupBy(each => each.Item1).ToDictionary(group => group.Key, group => group.Sum(each => each.Item2));
        foreach (var (account, tokens) in net)
        {
            if (account.IsMember && BalanceOf(account) + tokens < 0)
            {
                return new PostingOutcome.InsufficientBalance(account.MemberId, BalanceOf(account), -tokens);
            }
        }

        foreach (var (account, tokens) in net)
        {
            _balances[account] = BalanceOf(account) + tokens;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var receipt = new PostingReceipt(
            Guid.CreateVersion7(),
            new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
            net.Keys.Where(account => account.IsMember).ToDictionary(account => account.MemberId, BalanceOf));
        _postings[posting.Key] = (posting, receipt);
        Committed.Add(posting);
        return new PostingOutcome.Posted(receipt);
    }
}

/// <summary>A posting whose answer never comes.</summary>
/// <param name="IsBefore">Whether nothing was done; otherwise it was done, and its answer lost.</param>
/// <param name="Exception">What the caller sees.</param>
internal sealed record LedgerFault(bool IsBefore, Exception Exception)
{
    internal static LedgerFault Before => new(true, new TimeoutException("The ledger is away."));

    internal static LedgerFault After => new(false, new TimeoutException("The ledger's answer is lost."));
}
