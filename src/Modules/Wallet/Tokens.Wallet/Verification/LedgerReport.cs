namespace Tokens.Wallet.Verification;

/// <summary>What a recount found; sound when the sum is 0 and both lists are empty.</summary>
internal sealed record LedgerReport(
    long Accounts, long Transfers, long SumOfBalances, IReadOnlyList<Drift> Drifted, IReadOnlyList<Negative> Negative);

/// <summary>An account that differs from its transfers.</summary>
/// <param name="AccountId">Which account.</param>
/// <param name="Balance">Tokens that the account says.</param>
/// <param name="Recounted">Tokens that its transfers add up to.</param>
/// <param name="Fault">Which figure is wrong.</param>
internal sealed record Drift(Guid AccountId, long Balance, long Recounted, string Fault);

/// <summary>A member's account below zero.</summary>
internal sealed record Negative(Guid AccountId, long Balance);
