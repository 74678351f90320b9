using Tokens.GiftCards.Cards;
using Tokens.GiftCards.Postings;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.MovingIn;

/// <summary>Puts onto a card what an older system had on it, then makes it active. Whoever finds it between the two does the same.</summary>
internal sealed class CardTakeover(CardStore store, IWalletLedger ledger, GiftCardsMetrics metrics, FailPoints failPoints)
{
    internal async Task FinishAsync(GiftCard card)
    {
        failPoints.Reach(GiftCardsFailPoint.TakeoverStored);
        var leg = new Leg(Account.Of(SystemAccount.Adjustments), Account.Of(SystemAccount.GiftCards), card.Tokens, TransferKind.Adjustment);
        var key = new PostingKey(GiftCardsModule.ModuleName, "moving-in", card.Id.ToString());
        var outcome = await ledger.PostAsync(new Posting(key, [leg]) { Reference = card.Id.ToString() }, CancellationToken.None);
        var receipt = PostingProblems.ReceiptOf(outcome);
        failPoints.Reach(GiftCardsFailPoint.TakeoverPosted);
        if (await store.TryMoveAsync(card, CardStatus.Active, row => row.SetProperty(c => c.IssuedAt, receipt.PostedAt)))
        {
            metrics.CountCard(CardStatus.Active);
        }
    }
}
