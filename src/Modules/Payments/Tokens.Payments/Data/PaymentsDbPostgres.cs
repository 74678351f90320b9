using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.Payments.Data;

internal sealed class PaymentsDbPostgres(DbContextOptions<PaymentsDbPostgres> options) : PaymentsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<PaymentsDbPostgres>
    {
        public PaymentsDbPostgres CreateDbContext(string[] args) => new(DesignTime.Postgres<PaymentsDbPostgres>(PaymentsModule.ModuleName));
    }
}
