using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Wallet.Data;

internal sealed class WalletDbPostgres(DbContextOptions<WalletDbPostgres> options) : WalletDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<WalletDbPostgres>
    {
        public WalletDbPostgres CreateDbContext(string[] args) =>
            new(DesignTime.Postgres<WalletDbPostgres>(WalletModule.ModuleName));
    }
}
