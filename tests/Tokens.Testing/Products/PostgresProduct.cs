using Xunit;

namespace Tokens.Testing.Products;

/// <summary>A product on PostgreSQL that the tests of a class or collection share.</summary>
public sealed class PostgresProduct : ProductFixture, IAsyncLifetime
{
    /// <inheritdoc />
    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
