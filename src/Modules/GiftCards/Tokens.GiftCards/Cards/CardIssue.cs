using Microsoft.Extensions.Options;
using Tokens.GiftCards.Codes;
using Tokens.GiftCards.Postings;
using Tokens.GiftCards.Recovery;
using Tokens.Platform.Problems;
using Tokens.Platform.Time;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Cards;

/// <summary>
/// Brings cards to life: the row first, then the buyer's tokens under its id, then it is active. Whoever comes with the same key does
/// the same steps again, which the ledger and the row's state keep single. What nobody finishes is rolled back.
/// </summary>
internal sealed class CardIssue(
    CardStore store,
    CodeReveal reveal,
    IWalletLedger ledger,
    PostingFence fence,
    GiftCardsMetrics metrics,
    FailPoints failPoints,
    IOptions<RecoveryOptions> recovery,
    TimeProvider time)
{
    private const string Route = "issue";
    private const string RevokeRoute = "revoke";
    private const int RacesMax = 3;

    /// <summary>One card a key; without a key a card each time.</summary>
    internal async Task<IssueOutcome> IssueAsync(CardOrder order, CancellationToken cancellationToken)
    {
        for (var race = 0; race < RacesMax; race++)
        {
            var known = order.Key is { } key ? await store.FindKeyHolderAsync(order.MemberId, key, cancellationToken) : null;
            if (known is not null && !known.IsFor(order))
            {
                return new IssueOutcome.Refused(PostingProblems.KeyReused);
            }

            if (await (known is null ? OpenAsync(order, cancellationToken) : ContinueAsync(known)) is { } outcome)
            {
                return outcome;
            }
        }

        return new IssueOutcome.Refused(PostingProblems.InProgress);
    }

    /// <summary>Ends a card that nobody has finished: as if it had never been, whether its tokens were taken or not.</summary>
    internal async Task RollBackAsync(GiftCard card)
    {
        if (card.Status == CardStatus.Issuing)
        {
            if (await fence.RaiseAsync(KeyOf(card)))
            {
                await RevokeAsync(card);
                return;
            }

            if (!await store.TryMoveAsync(card, CardStatus.Revoking, row => { }))
            {
                return;
            }

            failPoints.Reach(GiftCardsFailPoint.RevokeStored);
            card = await store.GetAsync(card.Id);
        }

        var leg = new Leg(
            Account.Of(SystemAccount.GiftCards), Account.OfMember(card.MemberId), card.Tokens, TransferKind.GiftCardRefunded);
        var outcome = await ledger.PostAsync(PostingOf(RevokeRoute, card, leg), CancellationToken.None);
        PostingProblems.ReceiptOf(outcome);
        failPoints.Reach(GiftCardsFailPoint.RevokePosted);
        await RevokeAsync(card);
    }

    private async Task<IssueOutcome?> OpenAsync(CardOrder order, CancellationToken cancellationToken)
    {
        var (id, now, code) = (Uuid.New(time), time.UtcNow(), GiftCode.New());
        var card = GiftCard.Open(
            order,
            id,
            await reveal.StoreAsync(code, id, order, cancellationToken),
            now,
            reveal.SealedUntil(now),
            now.AddSeconds(recovery.Value.RollBackAfterSeconds));
        if (!await store.TryAddAsync(card))
        {
            return null;
        }

        failPoints.Reach(GiftCardsFailPoint.CardStored);
        return await FinishAsync(card, code);
    }

    private async Task<IssueOutcome?> ContinueAsync(GiftCard card)
    {
        switch (card.Status)
        {
            case CardStatus.Issuing when reveal.IsKnown(card):
                return await store.TryShareAsync(card) ? await FinishAsync(card, newCode: null) : null;
            // One whose code is lost would take tokens that its buyer can give to nobody.
            case CardStatus.Issuing or CardStatus.Revoking:
                await RollBackAsync(card);
                return null;
            default:
                return await AnswerAsync(card, newCode: null);
        }
    }

    /// <summary>Takes the tokens and makes the card active; null when it was rolled back meanwhile, which sets its key free.</summary>
    private async Task<IssueOutcome?> FinishAsync(GiftCard card, string? newCode)
    {
        var leg = new Leg(
            Account.OfMember(card.MemberId), Account.Of(SystemAccount.GiftCards), card.Tokens, TransferKind.GiftCardCreated);
        var outcome = await ledger.PostAsync(PostingOf(Route, card, leg), CancellationToken.None);
        if (outcome is PostingOutcome.KeyReused)
        {
            await RollBackAsync(card);
            return null;
        }

        if (PostingProblems.RefusalOf(outcome) is { } refusal)
        {
            return await RefuseAsync(card, refusal) ? new IssueOutcome.Refused(refusal) : null;
        }

        failPoints.Reach(GiftCardsFailPoint.CardPaid);
        var receipt = PostingProblems.ReceiptOf(outcome);
        var balance = receipt.BalancesAfter[card.MemberId];
        var isActive = await store.TryMoveAsync(
            card,
            CardStatus.Active,
            row => row.SetProperty(c => c.IssuedAt, receipt.PostedAt).SetProperty(c => c.IssuedBalance, balance));
        if (isActive)
        {
            failPoints.Reach(GiftCardsFailPoint.CardActive);
            metrics.CountCard(CardStatus.Active);
            card.HasBeenIssued(receipt);
            return await AnswerAsync(card, newCode);
        }

        return await ContinueAsMovedAsync(card.Id, newCode);
    }

    private async Task<IssueOutcome?> ContinueAsMovedAsync(Guid id, string? newCode)
    {
        var card = await store.GetAsync(id);
        switch (card.Status)
        {
            case CardStatus.Revoked:
                return null;
            case CardStatus.Issuing or CardStatus.Revoking:
                await RollBackAsync(card);
                return null;
            default:
                return await AnswerAsync(card, newCode);
        }
    }

    /// <summary>Ends a card whose tokens were refused; false when another request with its key got them after all.</summary>
    private async Task<bool> RefuseAsync(GiftCard card, Problem refusal)
    {
        if (!await RevokeAsync(card, isShared: false))
        {
            // Others may be at the same posting, and the balance may have grown since.
            if (!await fence.RaiseAsync(KeyOf(card)))
            {
                return false;
            }

            await RevokeAsync(card);
        }

        metrics.CountRefusedCard(refusal.Kind.Code);
        return true;
    }

    private async Task<bool> RevokeAsync(GiftCard card, bool isShared = true)
    {
        var isRevoked = await store.TryRevokeAsync(card, isShared);
        if (isRevoked)
        {
            metrics.CountCard(CardStatus.Revoked);
        }

        return isRevoked;
    }

    private async Task<IssueOutcome> AnswerAsync(GiftCard card, string? newCode) =>
        new IssueOutcome.Issued(card, await reveal.CodeForAsync(card, newCode), IsReplay: newCode is null);

    private static PostingKey KeyOf(GiftCard card) => new(GiftCardsModule.ModuleName, Route, card.Id.ToString());

    private static Posting PostingOf(string route, GiftCard card, Leg leg) =>
        new(KeyOf(card) with { Route = route }, [leg]) { Reference = card.Id.ToString() };
}
