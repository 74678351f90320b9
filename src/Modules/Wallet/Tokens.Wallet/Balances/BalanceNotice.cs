namespace Tokens.Wallet.Balances;

/// <summary>Something else than a change of the balance.</summary>
/// <param name="MemberId">To whom.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Json">Its data.</param>
internal sealed record BalanceNotice(Guid MemberId, string Name, string Json) : IBalanceNews;
