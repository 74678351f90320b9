using Tokens.Platform.Problems;

namespace Tokens.Wallet.Ledger;

/// <summary>How a refusal of the ledger is told to a member.</summary>
internal static class PostingProblems
{
    internal static readonly ProblemKind InsufficientBalance = new(402, "insufficient_balance", "Insufficient token balance");
    internal static readonly ProblemKind AccountOnHold = new(423, "account_on_hold", "Account on hold");
    internal static readonly ProblemKind CreatorNotFound = new(404, "creator_not_found", "Creator not found");
    internal static readonly ProblemKind RecipientNotFound = new(404, "recipient_not_found", "Recipient not found");

    internal static Problem Of(PostingDecision refusal, bool payeeMustBeCreator = false, bool isRefillPending = false) => refusal switch
    {
        PostingDecision.InsufficientBalance low => new Problem(
                InsufficientBalance, $"You have {low.BalanceTokens} tokens and need {low.RequiredTokens}.")
            .With("currentBalance", low.BalanceTokens)
            .With("requiredTokens", low.RequiredTokens)
            .With("refillPending", isRefillPending),
        PostingDecision.OnHold hold => new Problem(
            AccountOnHold, $"The account owes {hold.DebtTokens} tokens and can't spend until they are paid back.").With("debt", hold.DebtTokens),
        PostingDecision.PayeeUnknown when payeeMustBeCreator => new Problem(CreatorNotFound, "There is no such creator."),
        PostingDecision.PayeeUnknown => new Problem(RecipientNotFound, "There is no such member."),
        PostingDecision.KeyReused => new Problem(
            ProblemKind.IdempotencyKeyReused, "This idempotency key was used before, for another request. Use a new key."),
        PostingDecision.BalanceTooLarge => new Problem(ProblemKind.Conflict, "The balance would become larger than a balance can be."),
        _ => throw new InvalidOperationException($"{refusal.GetType().Name} is no refusal."),
    };
}
