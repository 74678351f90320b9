using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Tokens.Platform.Storage.Sqlite;

namespace Tokens.Platform.Storage;

/// <summary>
/// Base of every module's contexts: one schema a module, names in snake case, UTC instants in whole milliseconds, and ids that
/// sort and compare alike on both providers.
/// </summary>
/// <param name="options">The provider's options.</param>
/// <param name="schema">The module's schema on PostgreSQL; SQLite has a file a module instead.</param>
public abstract class ModuleDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    /// <summary>Name of the table that records the applied migrations, in the module's own schema.</summary>
    public const string MigrationsTable = "__ef_migrations";

    /// <summary>The module's schema.</summary>
    public string Schema { get; } = schema;

    /// <summary>Whether this context speaks to SQLite.</summary>
    public bool IsSqlite => Database.ProviderName == "Microsoft.EntityFrameworkCore.Sqlite";

    /// <summary>Describes the module's tables.</summary>
    protected abstract void Describe(ModelBuilder model);

    /// <inheritdoc />
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        if (!IsSqlite)
        {
            modelBuilder.HasDefaultSchema(Schema);
        }

        Describe(modelBuilder);
        SnakeCase.Apply(modelBuilder.Model);
    }

    /// <inheritdoc />
    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        if (!IsSqlite)
        {
            return;
        }

        configurationBuilder.Properties<Guid>().HaveConversion<IdAsBytes>();
        configurationBuilder.Properties<DateTime>().HaveConversion<InstantAsMilliseconds>();
    }

    private sealed class IdAsBytes() : ValueConverter<Guid, byte[]>(id => SqliteValues.ToBytes(id), bytes => SqliteValues.ToId(bytes));

    private sealed class InstantAsMilliseconds()
        : ValueConverter<DateTime, long>(moment => SqliteValues.ToMilliseconds(moment), value => SqliteValues.ToInstant(value));
}
