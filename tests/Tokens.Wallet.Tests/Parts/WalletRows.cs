using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Storage;
using Tokens.Testing.Products;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Tests.Parts;

/// <summary>What tests do to the module's rows behind its back.</summary>
internal static class WalletRows
{
    internal static IModuleDb<WalletDb> Db(this ProductFixture fixture) =>
        fixture.Product.Services.GetRequiredService<IModuleDb<WalletDb>>();

    internal static Task<int> SaveAsync(this IModuleDb<WalletDb> db, params object[] rows) => db.WriteAsync(
        (wallet, token) =>
        {
            wallet.AddRange(rows);
            return wallet.SaveChangesAsync(token);
        },
        CancellationToken.None);

    /// <summary>Lets the account owe so many tokens, as a chargeback does.</summary>
    internal static Task<int> SetDebtAsync(this IModuleDb<WalletDb> db, Guid memberId, long debtTokens) => db.WriteAsync(
        async (wallet, token) =>
        {
            var account = await wallet.Accounts.SingleOrDefaultAsync(a => a.Id == memberId, token);
            if (account is null)
            {
                wallet.Accounts.Add(account = new AccountRow { Id = memberId });
            }

            account.DebtTokens = debtTokens;
            return await wallet.SaveChangesAsync(token);
        },
        CancellationToken.None);

    internal static Task<AccountRow?> AccountAsync(this IModuleDb<WalletDb> db, Guid id) => db.ReadAsync(
        (wallet, token) => wallet.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token), CancellationToken.None);

    internal static Task<MemberRow?> MemberAsync(this IModuleDb<WalletDb> db, Guid id) => db.ReadAsync(
        (wallet, token) => wallet.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, token), CancellationToken.None);

    internal static Task<List<AccountRow>> AccountsAsync(this IModuleDb<WalletDb> db) => db.ReadAsync(
        (wallet, token) => wallet.Accounts.AsNoTracking().ToListAsync(token), CancellationToken.None);

    internal static Task<List<TransferRow>> TransfersAsync(this IModuleDb<WalletDb> db) => db.ReadAsync(
        (wallet, token) => wallet.Transfers.AsNoTracking().ToListAsync(token), CancellationToken.None);
}
