using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Members;

namespace Tokens.Wallet.Ledger;

/// <summary>What other modules see of the ledger.</summary>
internal sealed class WalletLedger(PostingQueue queue, IModuleDb<WalletDb> db, TimeProvider time) : IWalletLedger
{
    public async Task<PostingOutcome> PostAsync(Posting posting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(posting);
        PostingRules.Check(posting);
        var decision = await queue.PostAsync(new PostingRequest
        {
            Id = Uuid.New(time),
            CallerId = AccountIds.OfModule(posting.Key.Module),
            Route = posting.Key.Route,
            Key = posting.Key.Key,
            PayloadHash = PayloadHash.Of(posting.Legs, posting.Reference, posting.Channel, posting.Message),
            Legs = posting.Legs,
            Reference = posting.Reference,
            Channel = posting.Channel,
            Message = posting.Message,
        });
        return decision switch
        {
            PostingDecision.Posted posted => new PostingOutcome.Posted(posted.Receipt),
            PostingDecision.AlreadyPosted posted => new PostingOutcome.AlreadyPosted(posted.Receipt),
            PostingDecision.KeyReused => new PostingOutcome.KeyReused(),
            PostingDecision.OnHold hold => new PostingOutcome.AccountOnHold(hold.MemberId, hold.DebtTokens),
            PostingDecision.InsufficientBalance low =>
                new PostingOutcome.InsufficientBalance(low.MemberId, low.BalanceTokens, low.RequiredTokens),
            _ => throw new ProblemException(PostingProblems.Of(decision)),
        };
    }

    public Task<long> GetBalanceAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        (wallet, token) => wallet.Accounts.Where(a => a.Id == memberId).Select(a => a.BalanceTokens).SingleOrDefaultAsync(token),
        cancellationToken);

    public Task<IReadOnlyDictionary<Guid, Member>> FindMembersAsync(
        IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken) =>
        FindMembers.RunAsync(db, memberIds, cancellationToken);
}
