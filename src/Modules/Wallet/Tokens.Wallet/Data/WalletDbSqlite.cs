using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Wallet.Data;

internal sealed class WalletDbSqlite(DbContextOptions<WalletDbSqlite> options) : WalletDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<WalletDbSqlite>
    {
        public WalletDbSqlite CreateDbContext(string[] args) => new(DesignTime.Sqlite<WalletDbSqlite>());
    }
}
