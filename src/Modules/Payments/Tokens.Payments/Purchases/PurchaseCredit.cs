using Tokens.Payments.Parking;
using Tokens.Platform.Work;
using Tokens.Wallet.Contracts;

namespace Tokens.Payments.Purchases;

/// <summary>
/// Credits a paid purchase, once whoever asks: the posting's key is the purchase. What is credited stands in our row; of Stripe's
/// word only the amount taken is compared with it.
/// </summary>
internal sealed class PurchaseCredit(IWalletLedger ledger, FailPoints failPoints)
{
    /// <summary>Credits the tokens, or says why that is for a person to decide.</summary>
    internal async Task<Outcome> PostAsync(Purchase purchase, PaymentFacts taken)
    {
        if (taken.AmountMinor != purchase.AmountMinor || taken.Currency != purchase.Currency)
        {
            return new Outcome.Refused(ParkedReason.AmountMismatch);
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
        var outcome = await ledger.PostAsync(posting, CancellationToken.None);
        failPoints.Reach(PaymentsFailPoint.Credited);
        return outcome switch
        {
            PostingOutcome.Posted posted => new Outcome.Credited(posted.Receipt),
            PostingOutcome.AlreadyPosted already => new Outcome.Credited(already.Receipt),
            _ => new Outcome.Refused(ParkedReason.RefusedByLedger),
        };
    }

    /// <summary>The set is closed.</summary>
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        /// <summary>The tokens are there, now or since before.</summary>
        internal sealed record Credited(PostingReceipt Receipt) : Outcome;

        /// <summary>Not credited, for one of <see cref="ParkedReason"/>.</summary>
        internal sealed record Refused(string Reason) : Outcome;
    }
}
