using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Analytics.Data;

internal sealed class AnalyticsDbSqlite(DbContextOptions<AnalyticsDbSqlite> options) : AnalyticsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<AnalyticsDbSqlite>
    {
        public AnalyticsDbSqlite CreateDbContext(string[] args) => new(DesignTime.Sqlite<AnalyticsDbSqlite>());
    }
}
