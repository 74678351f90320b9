using Xunit;

namespace Tokens.Testing.Products;

/// <summary>A product on SQLite that the tests of a class or collection share.</summary>
public sealed class SqliteProduct : ProductFixture, IAsyncLifetime
{
    /// <inheritdoc />
    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}
