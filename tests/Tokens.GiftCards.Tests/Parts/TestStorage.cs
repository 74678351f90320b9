using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>The two providers that every storage test runs on.</summary>
public enum StorageKind
{
    Sqlite,
    Postgres,
}

internal static class TestStorage
{
    internal static Task<Storage> CreateAsync(StorageKind kind) =>
        kind == StorageKind.Sqlite ? Task.FromResult(Storage.Sqlite()) : Storage.PostgresAsync();
}
