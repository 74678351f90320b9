namespace Tokens.Wallet.Balances;

/// <summary>What goes to a member's open streams.</summary>
internal interface IBalanceNews
{
    Guid MemberId { get; }
}
