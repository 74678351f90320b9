namespace Tokens.Wallet.Transactions;

/// <summary>One posting as one member's account saw it.</summary>
/// <param name="Id">The posting's id.</param>
/// <param name="Type">One of <see cref="EntryTypes.All"/>.</param>
/// <param name="Tokens">Signed from the member's side.</param>
/// <param name="AmountUsd">The same in US dollars, at the value of a token.</param>
/// <param name="Status">Everything posted is completed.</param>
/// <param name="BalanceAfter">The account's balance right after.</param>
/// <param name="RelatedUserId">The member on the other side, if there is one.</param>
internal sealed record Entry(
    Guid Id,
    string Type,
    long Tokens,
    decimal AmountUsd,
    string Status,
    long BalanceAfter,
    Guid? RelatedUserId,
    string? Channel,
    string? Message,
    string? Reference,
    DateTime CreatedAt);
