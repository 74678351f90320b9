using System.Collections.Concurrent;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Tests.Parts;

/// <summary>A ledger that counts what is asked of it, and behaves as a test says before it does it.</summary>
internal sealed class WatchedLedger(IWalletLedger ledger) : IWalletLedger
{
    private readonly ConcurrentDictionary<PostingKey, int> _calls = new();

    /// <summary>What happens before a posting; nothing unless told.</summary>
    public Func<Posting, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int CallsFor(Guid purchaseId) => _calls.Where(call => call.Key.Key == purchaseId.ToString()).Sum(call => call.Value);

    public async Task<PostingOutcome> PostAsync(Posting posting, CancellationToken cancellationToken)
    {
        _calls.AddOrUpdate(posting.Key, 1, (_, count) => count + 1);
        await Before(posting);
        return await ledger.PostAsync(posting, cancellationToken);
    }

    public Task<long> GetBalanceAsync(Guid memberId, CancellationToken cancellationToken) =>
        ledger.GetBalanceAsync(memberId, cancellationToken);

    public Task<IReadOnlyDictionary<Guid, Member>> FindMembersAsync(
        IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken) => ledger.FindMembersAsync(memberIds, cancellationToken);
}
