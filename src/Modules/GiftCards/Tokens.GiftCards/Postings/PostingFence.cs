using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Postings;

/// <summary>
/// Decides a posting whose outcome nobody knows. The ledger posts once under a key, so a posting of no effect under the same key either
/// comes second, and says that the first has happened, or makes sure that it never will, however late it comes.
/// </summary>
internal sealed class PostingFence(IWalletLedger ledger)
{
    private static readonly Leg[] NoEffect =
    [
        new(Account.Of(SystemAccount.GiftCards), Account.Of(SystemAccount.Adjustments), 1, TransferKind.Adjustment),
        new(Account.Of(SystemAccount.Adjustments), Account.Of(SystemAccount.GiftCards), 1, TransferKind.Adjustment),
    ];

    /// <summary>True: it hasn't happened and never will. False: it has happened.</summary>
    internal async Task<bool> RaiseAsync(PostingKey key) =>
        await ledger.PostAsync(new Posting(key, NoEffect), CancellationToken.None) is not PostingOutcome.KeyReused;
}
