using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.GiftCards.Data;

internal sealed class GiftCardsDbPostgres(DbContextOptions<GiftCardsDbPostgres> options) : GiftCardsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<GiftCardsDbPostgres>
    {
        public GiftCardsDbPostgres CreateDbContext(string[] args) => new(DesignTime.Postgres<GiftCardsDbPostgres>(GiftCardsModule.ModuleName));
    }
}
