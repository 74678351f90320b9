using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Data;

internal sealed class PaymentsDbSqlite(DbContextOptions<PaymentsDbSqlite> options) : PaymentsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<PaymentsDbSqlite>
    {
        public PaymentsDbSqlite CreateDbContext(string[] args) => new(DesignTime.Sqlite<PaymentsDbSqlite>());
    }
}
