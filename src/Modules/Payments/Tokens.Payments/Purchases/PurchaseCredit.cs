using Stripe;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Credits a paid purchase, once whoever asks: the posting's key is the purchase. What is credited stands in our row; of Stripe's
/// word only the amount taken is compared with it.
/// </summary>
internal sealed class PurchaseCredit(IWalletLedger ledger)
{
    internal async Task<PostingReceipt> PostAsync(Purchase purchase, PaymentIntent intent)
    {
        if (intent.Amount != purchase.AmountMinor || intent.Currency != purchase.Currency)
        {
            throw new InvalidOperationException(
                $"Purchase {purchase.Id} costs {purchase.AmountMinor} {purchase.Currency}, but {intent.Id} took {intent.Amount} {intent.Currency}.");
        }

        var member = Account.OfMember(purchase.MemberId);
        List<Leg> legs = [new(Account.Of(SystemAccount.Stripe), member, purchase.Tokens, PurchaseRoutes.KindOf(purchase.Route))];
        if (purchase.BonusTokens > 0)
        {
            legs.Add(new Leg(Account.Of(SystemAccount.Bonus), member, purchase.BonusTokens, TransferKind.Bonus));
        }

        var reference = purchase.Id.ToString();
        var posting = new Posting(new PostingKey(PaymentsModule.ModuleName, "purchase", reference), legs) { Reference = reference };
        // Not cancellable: the money is taken, so the tokens are owed.
        return await ledger.PostAsync(posting, CancellationToken.None) switch
        {
            PostingOutcome.Posted posted => posted.Receipt,
            PostingOutcome.AlreadyPosted already => already.Receipt,
            var refusal => throw new InvalidOperationException($"The ledger refused to credit purchase {purchase.Id}: {refusal.GetType().Name}."),
        };
    }
}
