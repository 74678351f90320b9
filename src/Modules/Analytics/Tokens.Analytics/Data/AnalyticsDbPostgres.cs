using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Analytics.Data;

internal sealed class AnalyticsDbPostgres(DbContextOptions<AnalyticsDbPostgres> options) : AnalyticsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<AnalyticsDbPostgres>
    {
        public AnalyticsDbPostgres CreateDbContext(string[] args) =>
            new(DesignTime.Postgres<AnalyticsDbPostgres>(AnalyticsModule.ModuleName));
    }
}
