using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>What the writer decided about one request.</summary>
internal abstract record PostingDecision
{
    private PostingDecision()
    {
    }

    internal sealed record Posted(PostingReceipt Receipt) : PostingDecision;

    internal sealed record AlreadyPosted(PostingReceipt Receipt) : PostingDecision;

    internal sealed record KeyReused : PostingDecision;

    internal sealed record PayeeUnknown : PostingDecision;

    internal sealed record OnHold(Guid MemberId, long DebtTokens) : PostingDecision;

    internal sealed record InsufficientBalance(Guid MemberId, long BalanceTokens, long RequiredTokens) : PostingDecision;

    /// <summary>The balance would pass what JSON readers keep exact.</summary>
    internal sealed record BalanceTooLarge(Guid MemberId) : PostingDecision;
}
