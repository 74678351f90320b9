using Tokens.Platform.Problems;
using Tokens.Wallet.Contracts;

namespace Tokens.GiftCards.Postings;

/// <summary>How the ledger's word is told to a member.</summary>
internal static class PostingProblems
{
    internal static readonly Problem KeyReused = new(
        ProblemKind.IdempotencyKeyReused, "This idempotency key was used before, for another request. Use a new key.");

    internal static readonly Problem InProgress =
        new(ProblemKind.IdempotencyInProgress, "The first request with this key is still running. Try again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static readonly ProblemKind InsufficientBalance = new(402, "insufficient_balance", "Insufficient token balance");
    private static readonly ProblemKind AccountOnHold = new(423, "account_on_hold", "Account on hold");

    /// <summary>Why the payer may not; null when that isn't what happened.</summary>
    internal static Problem? RefusalOf(PostingOutcome outcome) => outcome switch
    {
        PostingOutcome.InsufficientBalance low => new Problem(
                InsufficientBalance, $"You have {low.BalanceTokens} tokens and need {low.RequiredTokens}.")
            .With("currentBalance", low.BalanceTokens)
            .With("requiredTokens", low.RequiredTokens)
            .With("refillPending", value: false),
        PostingOutcome.AccountOnHold hold => new Problem(
            AccountOnHold, $"The account owes {hold.DebtTokens} tokens and can't spend until they are paid back.").With("debt", hold.DebtTokens),
        _ => null,
    };

    /// <summary>The receipt of a posting that can't have been refused.</summary>
    /// <exception cref="RefusedByLedgerException">It was.</exception>
    internal static PostingReceipt ReceiptOf(PostingOutcome outcome) => outcome switch
    {
        PostingOutcome.Posted posted => posted.Receipt,
        PostingOutcome.AlreadyPosted already => already.Receipt,
        _ => throw new RefusedByLedgerException(outcome.GetType().Name),
    };
}
