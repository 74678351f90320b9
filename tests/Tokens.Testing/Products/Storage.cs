namespace Tokens.Testing.Products;

/// <summary>A place for a product's rows that is made for it and removed after it.</summary>
public abstract class Storage : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Where the process keeps what isn't in PostgreSQL.</summary>
    public string DataDirectory => _directory.Path;

    /// <summary>The settings that choose this storage.</summary>
    public virtual IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["DATA_DIR"] = DataDirectory, ["DATABASE_URL"] = "" };

    /// <summary>Files in a directory of its own.</summary>
    public static Storage Sqlite() => new SqliteStorage();

    /// <summary>A database of its own on the tests' PostgreSQL.</summary>
    public static Task<Storage> PostgresAsync() => PostgresAsync(PostgresServer.FromEnvironment());

    /// <summary>A database of its own on that server.</summary>
    public static async Task<Storage> PostgresAsync(PostgresServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new PostgresStorage(await server.CreateDatabaseAsync());
    }

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
