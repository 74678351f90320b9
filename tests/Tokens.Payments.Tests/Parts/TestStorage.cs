using Tokens.Testing;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The two providers that every storage test runs on.</summary>
public enum StorageKind
{
    Sqlite,
    Postgres,
}

/// <summary>An empty place for the module's rows, and the setting that leads there.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private PostgresDatabase? _database;

    public KeyValuePair<string, string?> Setting => _database is null
        ? new("DATA_DIR", _directory.Path)
        : new("DATABASE_URL", _database.ConnectionString);

    public static async Task<TestStorage> CreateAsync(StorageKind kind)
    {
        var storage = new TestStorage();
        if (kind == StorageKind.Postgres)
        {
            storage._database = await PostgresServer.FromEnvironment().CreateDatabaseAsync();
        }

        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _directory.Dispose();
    }
}
