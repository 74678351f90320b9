namespace Tokens.Testing.Products;

/// <summary>A place for a product's rows that is made for it and removed after it.</summary>
public abstract class Storage : IAsyncDisposable
{
    /// <summary>The environment variable with a directory of migrated SQLite files.</summary>
    public const string TemplateVariable = "TOKENS_TEST_SQLITE_TEMPLATE";

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Where the process keeps what isn't in PostgreSQL.</summary>
    public string DataDirectory => _directory.Path;

    /// <summary>The settings that choose this storage.</summary>
    public virtual IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["DATA_DIR"] = DataDirectory, ["DATABASE_URL"] = "" };

    /// <summary>Files in a directory of its own: migrated ones where <see cref="TemplateVariable"/> names them, else none.</summary>
    public static Storage Sqlite()
    {
        var storage = new SqliteStorage();
        if (Environment.GetEnvironmentVariable(TemplateVariable) is { Length: > 0 } template)
        {
            foreach (var file in Directory.EnumerateFiles(template, "*.db"))
            {
                File.Copy(file, Path.Combine(storage.DataDirectory, Path.GetFileName(file)));
            }
        }

        return storage;
    }

    /// <summary>An empty directory of its own, for tests of the migrations themselves.</summary>
    public static Storage EmptySqlite() => new SqliteStorage();

    /// <summary>A database of its own on the tests' PostgreSQL.</summary>
    public static Task<Storage> PostgresAsync() => PostgresAsync(PostgresServer.FromEnvironment());

    /// <summary>A database of its own on that server: a migrated one where the server has a template, else an empty one.</summary>
    public static async Task<Storage> PostgresAsync(PostgresServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new PostgresStorage(await server.CreateMigratedDatabaseAsync());
    }

    /// <summary>An empty database of its own on the tests' PostgreSQL, for tests of the migrations themselves.</summary>
    public static async Task<Storage> EmptyPostgresAsync() => new PostgresStorage(await PostgresServer.FromEnvironment().CreateDatabaseAsync());

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private sealed class SqliteStorage : Storage;

    private sealed class PostgresStorage(PostgresDatabase database) : Storage
    {
        public override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(base.Settings) { ["DATABASE_URL"] = database.ConnectionString };

        public override async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
