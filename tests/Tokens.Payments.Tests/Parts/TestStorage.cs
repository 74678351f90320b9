using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Parts;

/// <summary>The two providers that every storage test runs on.</summary>
public enum StorageKind
{
    Sqlite,
    Postgres,
}

/// <summary>A place without rows for the module, and the setting that leads there.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    private readonly Storage _storage;

    private TestStorage(Storage storage) => _storage = storage;

    public KeyValuePair<string, string?> Setting
    {
        get
        {
            var name = string.IsNullOrEmpty(_storage.Settings["DATABASE_URL"]) ? "DATA_DIR" : "DATABASE_URL";
            return new(name, _storage.Settings[name]);
        }
    }

    public static async Task<TestStorage> CreateAsync(StorageKind kind) =>
        new(kind == StorageKind.Sqlite ? Storage.Sqlite() : await Storage.PostgresAsync());

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
