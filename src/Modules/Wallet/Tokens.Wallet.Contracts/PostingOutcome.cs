namespace Tokens.Wallet.Contracts;

/// <summary>How a posting ended; the set is closed.</summary>
public abstract record PostingOutcome
{
    private PostingOutcome()
    {
    }

    /// <summary>Committed now.</summary>
    /// <param name="Receipt">What was posted.</param>
    public sealed record Posted(PostingReceipt Receipt) : PostingOutcome;

    /// <summary>Committed before, under the same key and with the same content.</summary>
    /// <param name="Receipt">What was posted then.</param>
    public sealed record AlreadyPosted(PostingReceipt Receipt) : PostingOutcome;

    /// <summary>Refused, nothing changed: a member's balance is too small.</summary>
    /// <param name="MemberId">Whose balance.</param>
    /// <param name="BalanceTokens">What the member has.</param>
    /// <param name="RequiredTokens">What the posting needs.</param>
    public sealed record InsufficientBalance(Guid MemberId, long BalanceTokens, long RequiredTokens) : PostingOutcome;

    /// <summary>Refused, nothing changed: the member owes tokens and may not spend.</summary>
    /// <param name="MemberId">Who owes.</param>
    /// <param name="DebtTokens">How much.</param>
    public sealed record AccountOnHold(Guid MemberId, long DebtTokens) : PostingOutcome;

    /// <summary>Refused, nothing changed: the key was used for other content.</summary>
    public sealed record KeyReused : PostingOutcome;
}

/// <summary>What was posted; equal for every repeat.</summary>
/// <param name="TransferId">Id of the first transfer: the entry's id in histories.</param>
/// <param name="PostedAt">UTC, whole milliseconds.</param>
/// <param name="BalancesAfter">Balance in tokens of each member account touched, by member, right after this posting.</param>
public sealed record PostingReceipt(Guid TransferId, DateTime PostedAt, IReadOnlyDictionary<Guid, long> BalancesAfter);
