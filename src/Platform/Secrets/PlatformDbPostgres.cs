using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Platform.Secrets;

internal sealed class PlatformDbPostgres(DbContextOptions<PlatformDbPostgres> options) : PlatformDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<PlatformDbPostgres>
    {
        public PlatformDbPostgres CreateDbContext(string[] args) => new(DesignTime.Postgres<PlatformDbPostgres>(SchemaName));
    }
}
