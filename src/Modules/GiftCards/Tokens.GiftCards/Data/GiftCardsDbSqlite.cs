using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tokens.Platform.Storage;

namespace Tokens.GiftCards.Data;

internal sealed class GiftCardsDbSqlite(DbContextOptions<GiftCardsDbSqlite> options) : GiftCardsDb(options)
{
    internal sealed class Factory : IDesignTimeDbContextFactory<GiftCardsDbSqlite>
    {
        public GiftCardsDbSqlite CreateDbContext(string[] args) => new(DesignTime.Sqlite<GiftCardsDbSqlite>());
    }
}
