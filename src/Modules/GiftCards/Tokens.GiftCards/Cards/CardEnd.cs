using Microsoft.AspNetCore.Http;
using Tokens.GiftCards.Postings;
using Tokens.Platform.Problems;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Cards;

/// <summary>
/// Ends claimed cards: moves the tokens under the claim's id, then says so in the row. Redeeming, cancelling and expiry differ in who
/// gets the tokens. Who claimed it, another request and the worker may all do it at once.
/// </summary>
internal sealed class CardEnd(
    CardStore store, IWalletLedger ledger, PostingFence fence, GiftCardsMetrics metrics, FailPoints failPoints)
{
    /// <summary>
    /// The card as it ended; null when the ledger refused the transfer, and the card is active again. A refused expiry is an exception:
    /// no other end is left to that card.
    /// </summary>
    internal async Task<GiftCard?> FinishAsync(GiftCard card)
    {
        if (card.Status.IsFinal())
        {
            return card;
        }

        if (await PostAsync(card) is not { } receipt)
        {
            await ReleaseAsync(card);
            return null;
        }

        failPoints.Reach(PostedOf(card.Status));
        var outcome = card.Status.Outcome();
        var balance = receipt.BalancesAfter[card.PayeeId];
        var isMoved = await store.TryMoveAsync(
            card,
            outcome,
            row => row.SetProperty(c => c.EndedAt, receipt.PostedAt)
                .SetProperty(c => c.EndedBalance, balance)
                .SetProperty(c => c.SealedCode, (byte[]?)null)
                .SetProperty(c => c.SealedUntil, (DateTime?)null));
        if (isMoved)
        {
            metrics.CountCard(outcome);
            failPoints.Reach(StoredOf(outcome));
        }

        card.HasEnded(receipt);
        return card;
    }

    /// <summary>Null when the transfer was refused, or was seen to be refused by others who then ruled it out.</summary>
    private async Task<PostingReceipt?> PostAsync(GiftCard card)
    {
        var kind = card.Status == CardStatus.Redeeming ? TransferKind.GiftCardRedeemed : TransferKind.GiftCardRefunded;
        var leg = new Leg(Account.Of(SystemAccount.GiftCards), Account.OfMember(card.PayeeId), card.Tokens, kind);
        var posting = new Posting(KeyOf(card), [leg]) { Reference = card.Id.ToString() };
        try
        {
            return await ledger.PostAsync(posting, CancellationToken.None) switch
            {
                PostingOutcome.KeyReused when card.Status != CardStatus.Expiring => null,
                var outcome => PostingProblems.ReceiptOf(outcome),
            };
        }
        // A balance that would become larger than a balance can be.
        catch (ProblemException refused) when (refused.Problem.Kind.Status == StatusCodes.Status409Conflict && card.Status != CardStatus.Expiring)
        {
            return await fence.RaiseAsync(KeyOf(card)) ? null : PostingProblems.ReceiptOf(await ledger.PostAsync(posting, CancellationToken.None));
        }
    }

    private Task<bool> ReleaseAsync(GiftCard card) => store.TryMoveAsync(
        card,
        CardStatus.Active,
        row => row.SetProperty(c => c.ClaimId, (Guid?)null)
            .SetProperty(c => c.RedeemerId, (Guid?)null)
            .SetProperty(c => c.RedeemKey, (string?)null));

    private static GiftCardsFailPoint PostedOf(CardStatus claimed) => claimed switch
    {
        CardStatus.Redeeming => GiftCardsFailPoint.RedeemPosted,
        CardStatus.Cancelling => GiftCardsFailPoint.CancelPosted,
        _ => GiftCardsFailPoint.ExpiryPosted,
    };

    private static GiftCardsFailPoint StoredOf(CardStatus outcome) => outcome switch
    {
        CardStatus.Redeemed => GiftCardsFailPoint.RedeemStored,
        CardStatus.Cancelled => GiftCardsFailPoint.CancelStored,
        _ => GiftCardsFailPoint.ExpiryStored,
    };

    private static PostingKey KeyOf(GiftCard card) => new(GiftCardsModule.ModuleName, "end", card.ClaimId!.Value.ToString());
}
