using System.Runtime.InteropServices;
using Tokens.Platform.Caching;
using Tokens.Platform.Inputs;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Ledger;

/// <summary>Decides a batch in arrival order, in memory, while its accounts are locked. Pure: the same on every store.</summary>
internal sealed class BatchDecider(BatchFacts facts, Guid batchId, DateTime postedAt, int writer)
{
    private readonly Dictionary<KeyScope, StoredPosting> _decidedByKey = [];

    internal List<TransferRow> Transfers { get; } = [];

    internal List<TransferWordsRow> Words { get; } = [];

    /// <summary>See <see cref="BatchResult.Balances"/>; complete once all is decided.</summary>
    internal IReadOnlyList<Figure> Balances =>
    [
        .. facts.Accounts.Values
            .Where(account => account.IsMember && (account.IsChanged || account.IsToldAgain))
            .Select(account => new Figure(account.Id, account.Version, account.BalanceTokens)),
    ];

    internal PostingDecision Decide(PostingRequest request)
    {
        if (facts.ById.TryGetValue(request.Id, out var committed))
        {
            TellAgain(request);
            return new PostingDecision.Posted(committed.Receipt);
        }

        if (request.Scope is { } scope
            && (facts.ByKey.TryGetValue(scope, out var stored) || _decidedByKey.TryGetValue(scope, out stored)))
        {
            if (!stored.PayloadHash.AsSpan().SequenceEqual(request.PayloadHash))
            {
                return new PostingDecision.KeyReused();
            }

            TellAgain(request);
            return new PostingDecision.AlreadyPosted(stored.Receipt);
        }

        var net = NetByAccount(request);
        return Refuse(request, net) ?? Post(request, net);
    }

    private void TellAgain(PostingRequest request)
    {
        foreach (var leg in request.Legs)
        {
            facts.Accounts[IdOf(leg.From)].IsToldAgain = true;
            facts.Accounts[IdOf(leg.To)].IsToldAgain = true;
        }
    }

    private PostingDecision? Refuse(PostingRequest request, Dictionary<Guid, long> net)
    {
        if (request.Payee is { } payee
            && (!facts.Payees.TryGetValue(payee.MemberId, out var isCreator) || (payee.MustBeCreator && !isCreator)))
        {
            return new PostingDecision.PayeeUnknown();
        }

        PostingDecision? refusal = null;
        foreach (var (id, tokens) in net)
        {
            var account = facts.Accounts[id];
            if (account.IsMember && account.DebtTokens > 0 && Spends(request, id))
            {
                return new PostingDecision.OnHold(id, account.DebtTokens);
            }

            // Compared by subtraction, because the sum itself could overflow.
            var (lowest, highest) = account.IsMember ? (0, WholeNumberRule.Largest) : (long.MinValue, long.MaxValue);
            if (tokens > 0 && account.BalanceTokens > highest - tokens)
            {
                refusal ??= new PostingDecision.BalanceTooLarge(id);
            }
            else if (tokens < 0 && account.BalanceTokens < lowest - tokens)
            {
                refusal ??= account.IsMember
                    ? new PostingDecision.InsufficientBalance(id, account.BalanceTokens, -tokens)
                    : new PostingDecision.BalanceTooLarge(id);
            }
        }

        return refusal;
    }

    private PostingDecision.Posted Post(PostingRequest request, Dictionary<Guid, long> net)
    {
        var balancesAfter = new Dictionary<Guid, long>(2);
        foreach (var (id, tokens) in net)
        {
            var account = facts.Accounts[id];
            account.BalanceTokens += tokens;
            account.Version++;
            account.IsChanged = true;
            if (account.IsMember)
            {
                balancesAfter[id] = account.BalanceTokens;
            }
        }

        var written = new HashSet<Guid>(2);
        for (var i = 0; i < request.Legs.Count; i++)
        {
            Transfers.Add(ToRow(request, (short)i, written));
        }

        if (request.Channel is not null || request.Message is not null)
        {
            Words.Add(new TransferWordsRow { TransferId = request.Id, Channel = request.Channel, Message = request.Message });
        }

        var receipt = new PostingReceipt(request.Id, postedAt, balancesAfter);
        if (request.Scope is { } scope)
        {
            _decidedByKey[scope] = new StoredPosting(request.PayloadHash, receipt);
        }

        return new PostingDecision.Posted(receipt);
    }

    private TransferRow ToRow(PostingRequest request, short index, HashSet<Guid> written)
    {
        var leg = request.Legs[index];
        var debit = facts.Accounts[IdOf(leg.From)];
        var credit = facts.Accounts[IdOf(leg.To)];
        Count(debit, credit, leg);
        return new TransferRow
        {
            Id = request.Id,
            Leg = index,
            Kind = leg.Kind,
            DebitAccountId = debit.Id,
            CreditAccountId = credit.Id,
            Tokens = leg.Tokens,
            DebitVersion = debit.IsMember ? debit.Version : null,
            DebitBalanceAfter = debit.IsMember && written.Add(debit.Id) ? debit.BalanceTokens : null,
            CreditVersion = credit.IsMember ? credit.Version : null,
            CreditBalanceAfter = credit.IsMember && written.Add(credit.Id) ? credit.BalanceTokens : null,
            CallerId = request.CallerId,
            Route = request.Route,
            IdempotencyKey = index == 0 ? request.Key : null,
            PayloadHash = index == 0 && request.Key is not null ? request.PayloadHash : null,
            Reference = request.Reference,
            BatchId = batchId,
            PostedAt = postedAt,
        };
    }

    private static void Count(AccountState debit, AccountState credit, Leg leg)
    {
        if (debit.IsMember && TransferKinds.CountsAsSpent(leg.Kind))
        {
            debit.SpentTokens += leg.Tokens;
        }

        if (credit.IsMember && TransferKinds.CountsAsPurchased(leg.Kind))
        {
            credit.PurchasedTokens += leg.Tokens;
        }

        if (credit.IsMember && TransferKinds.CountsAsEarned(leg.Kind))
        {
            credit.EarnedTokens += leg.Tokens;
        }
    }

    private Dictionary<Guid, long> NetByAccount(PostingRequest request)
    {
        var net = new Dictionary<Guid, long>(2 * request.Legs.Count);
        foreach (var leg in request.Legs)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(net, IdOf(leg.From), out _) -= leg.Tokens;
            CollectionsMarshal.GetValueRefOrAddDefault(net, IdOf(leg.To), out _) += leg.Tokens;
        }

        return net;
    }

    private bool Spends(PostingRequest request, Guid id)
    {
        foreach (var leg in request.Legs)
        {
            if (TransferKinds.IsSpend(leg.Kind) && IdOf(leg.From) == id)
            {
                return true;
            }
        }

        return false;
    }

    private Guid IdOf(Account account) => account.IsMember ? account.MemberId : AccountIds.Of(account.System, writer);
}
