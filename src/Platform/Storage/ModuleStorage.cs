using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.Resilience;
using Tokens.Platform.Storage.Postgres;
using Tokens.Platform.Storage.Schemas;
using Tokens.Platform.Storage.Sqlite;
using Tokens.Platform.Storage.Writes;

namespace Tokens.Platform.Storage;

/// <summary>Gives a module its storage on the configured provider.</summary>
public static class ModuleStorage
{
    /// <summary>
    /// Registers <see cref="IModuleDb{TDb}"/> and the module's schema and health check. Hand-written SQL finds its
    /// <see cref="SqliteFile"/> or <see cref="PostgresPool"/> under the module's name as key.
    /// </summary>
    /// <typeparam name="TDb">The module's context, as its code uses it.</typeparam>
    /// <typeparam name="TSqlite">The same with the migrations of SQLite.</typeparam>
    /// <typeparam name="TPostgres">The same with the migrations of PostgreSQL.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="module">The module's name: its schema, or the name of its file.</param>
    public static void AddModuleDb<TDb, TSqlite, TPostgres>(this IHostApplicationBuilder builder, string module)
        where TDb : ModuleDbContext
        where TSqlite : TDb
        where TPostgres : TDb
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var settings = StorageSettings.From(builder.Configuration);
        services.TryAddSingleton(settings);
        services.TryAddSingleton<SchemaMigrator>();
        services.TryAddSingleton<ConnectionCheck>();
        services.AddPipeline<DatabasePipelineOptions>(DatabasePipeline.PipelineName, DatabasePipeline.Faults);
        services.TryAddSingleton<DatabasePipeline>();
        AddWrites(services, settings);
        if (settings.Provider == StorageProvider.Sqlite)
        {
            AddSqlite<TDb, TSqlite>(services, module, Path.Combine(settings.DataDirectory, module + ".db"));
        }
        else
        {
            AddPostgres<TDb, TPostgres>(services, module, settings.PostgresConnectionString!);
        }

        services.AddKeyedSingleton<IModuleSchema>(module, (provider, _) =>
            new ModuleSchema<TDb>(module, provider.GetRequiredService<IModuleDb<TDb>>()));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IModuleSchema>(module));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            module + ".database",
            provider => new SchemaHealth(provider.GetRequiredKeyedService<IModuleSchema>(module)),
            failureStatus: null,
            tags: null));
    }

    // Once a host, whichever module comes first.
    private static void AddWrites(IServiceCollection services, StorageSettings settings)
    {
        if (services.Any(service => service.ServiceType == typeof(DatabaseWrites)))
        {
            return;
        }

        services.AddSingleton<PostgresSessions>();
        services.AddSingleton<IWriteProbe>(provider => settings.PostgresConnectionString is { } connectionString
            ? new PostgresWriteProbe(
                connectionString, provider.GetRequiredService<IOptions<PostgresOptions>>().Value, provider.GetRequiredService<PostgresSessions>())
            : new SqliteWriteProbe(settings.DataDirectory, provider.GetServices<SqliteFile>()));
        services.AddSingleton(provider => new DatabaseWrites(
            provider.GetRequiredService<IWriteProbe>(),
            provider.GetRequiredService<IOptions<DatabasePipelineOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DatabaseWrites>>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            WritesHealth.Name,
            provider => new WritesHealth(provider.GetRequiredService<DatabaseWrites>(), provider.GetRequiredService<DatabasePipeline>()),
            failureStatus: null,
            tags: null));
    }

    private static void AddSqlite<TDb, TContext>(IServiceCollection services, string module, string path)
        where TDb : ModuleDbContext
        where TContext : TDb
    {
        services.AddKeyedSingleton(module, (_, _) =>
        {
            PrivateFiles.EnsureDatabase(path);
            return new SqliteFile(path);
        });
        services.AddSingleton(provider => provider.GetRequiredKeyedService<SqliteFile>(module));
        services.AddPooledDbContextFactory<TContext>((provider, options) => options
            .UseSqlite(
                provider.GetRequiredKeyedService<SqliteFile>(module).ConnectionString,
                sqlite => sqlite.MigrationsHistoryTable(ModuleDbContext.MigrationsTable))
            .AddInterceptors(SqliteDurability.Interceptor));
        services.AddSingleton<IModuleDb<TDb>>(provider => new ModuleDb<TDb, TContext>(
            module,
            provider.GetRequiredService<IDbContextFactory<TContext>>(),
            provider.GetRequiredKeyedService<SqliteFile>(module),
            provider.GetRequiredService<DatabasePipeline>()));
    }

    private static void AddPostgres<TDb, TContext>(IServiceCollection services, string module, string connectionString)
        where TDb : ModuleDbContext
        where TContext : TDb
    {
        services.AddOptions<PostgresOptions>().BindConfiguration("Postgres").ValidateDataAnnotations().ValidateOnStart();
        services.AddKeyedSingleton(module, (provider, _) => new PostgresPool(
            module,
            connectionString,
            provider.GetRequiredService<IOptions<PostgresOptions>>().Value,
            provider.GetRequiredService<PostgresSessions>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddPooledDbContextFactory<TContext>((provider, options) => options.UseNpgsql(
            provider.GetRequiredKeyedService<PostgresPool>(module).Source,
            postgres => postgres.MigrationsHistoryTable(ModuleDbContext.MigrationsTable, module)));
        services.AddSingleton<IModuleDb<TDb>>(provider => new ModuleDb<TDb, TContext>(
            module,
            provider.GetRequiredService<IDbContextFactory<TContext>>(),
            file: null,
            provider.GetRequiredService<DatabasePipeline>()));
    }
}
