using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The ledger's contract over a dictionary: one posting a key, whoever repeats it.</summary>
internal sealed class LedgerInMemory : IWalletLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PostingKey, (Posting Posting, PostingReceipt Receipt)> _postings = [];
    private readonly Dictionary<Guid, long> _balances = [];
    private readonly HashSet<string> _poisoned = [];

    /// <summary>Postings that fail before anything is done.</summary>
    public int FailuresBefore { get; set; }

    /// <summary>Postings that are done, but whose answer is lost.</summary>
    public int FailuresAfter { get; set; }

    /// <summary>Postings of that purchase fail for good.</summary>
    public void Poison(Guid purchaseId)
    {
        lock (_lock)
        {
            _poisoned.Add(purchaseId.ToString());
        }
    }

    public IReadOnlyList<Posting> PostingsOf(Guid memberId)
    {
        lock (_lock)
        {
            return [.. _postings.Values.Select(done => done.Posting).Where(done => done.Legs[0].To == Account.OfMember(memberId))];
        }
    }

    public Task<PostingOutcome> PostAsync(Posting posting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (FailuresBefore-- > 0 || _poisoned.Contains(posting.Reference!))
            {
                throw new InvalidOperationException("The ledger is away.");
            }

            var outcome = Post(posting);
            return FailuresAfter-- > 0 ? throw new InvalidOperationException("The ledger's answer is lost.") : Task.FromResult(outcome);
        }
    }

    public Task<long> GetBalanceAsync(Guid memberId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_balances.GetValueOrDefault(memberId));
        }
    }

    public Task<IReadOnlyDictionary<Guid, Member>> FindMembersAsync(
        IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    private PostingOutcome Post(Posting posting)
    {
        if (_postings.TryGetValue(posting.Key, out var done))
        {
            return done.Posting.Legs.SequenceEqual(posting.Legs)
                ? new PostingOutcome.AlreadyPosted(done.Receipt)
                : new PostingOutcome.KeyReused();
        }

        var memberId = posting.Legs[0].To.MemberId;
        var balance = _balances[memberId] = _balances.GetValueOrDefault(memberId) + posting.Legs.Sum(leg => leg.Tokens);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var receipt = new PostingReceipt(
            Guid.CreateVersion7(),
            new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
            new Dictionary<Guid, long> { [memberId] = balance });
        _postings[posting.Key] = (posting, receipt);
        return new PostingOutcome.Posted(receipt);
    }
}
