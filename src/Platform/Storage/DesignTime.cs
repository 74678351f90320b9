using Microsoft.EntityFrameworkCore;

namespace Tokens.Platform.Storage;

/// <summary>Options with which <c>dotnet ef</c> builds a module's contexts; no database is reached.</summary>
public static class DesignTime
{
    /// <summary>Options for a SQLite context.</summary>
    public static DbContextOptions<TContext> Sqlite<TContext>()
        where TContext : ModuleDbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseSqlite("Data Source=:memory:", sqlite => sqlite.MigrationsHistoryTable(ModuleDbContext.MigrationsTable))
            .Options;

    /// <summary>Options for a PostgreSQL context with its history table in <paramref name="schema"/>.</summary>
    public static DbContextOptions<TContext> Postgres<TContext>(string schema)
        where TContext : ModuleDbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseNpgsql("Host=127.0.0.1", postgres => postgres.MigrationsHistoryTable(ModuleDbContext.MigrationsTable, schema))
            .Options;
}
