using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

internal sealed class PlatformDbSqlite(DbContextOptions<PlatformDbSqlite> options) : PlatformDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<PlatformDbSqlite>
    {
        public PlatformDbSqlite CreateDbContext(string[] args) => new(DesignTime.Sqlite<PlatformDbSqlite>());
    }
}
