using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Balances;

/// <summary>Reads a member's balance for showing it; a spend never asks here, the ledger decides under its own lock.</summary>
internal sealed class BalanceReader(IModuleDb<WalletDb> db)
{
    internal Task<Balance> ReadAsync(Guid memberId, CancellationToken cancellationToken) => db.ReadAsync(
        async (wallet, token) => await wallet.Accounts
            .Where(account => account.Id == memberId)
            .Select(account => new Balance(account.BalanceTokens, account.Version, false))
            .SingleOrDefaultAsync(token) ?? new Balance(0, 0, false),
        cancellationToken);
}

/// <summary>A balance as of an account's version; 0 and 0 for a member without any transfer.</summary>
internal sealed record Balance(long Tokens, long Version, bool IsCached);
