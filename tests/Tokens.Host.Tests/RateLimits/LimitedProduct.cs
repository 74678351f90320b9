using Tokens.Testing.Products;

namespace Tokens.Host.Tests.RateLimits;

/// <summary>A product with the limits that it has where nothing is said about them.</summary>
public sealed class LimitedProduct : ProductFixture, IAsyncLifetime
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["RATE_LIMITS"] = "" };

    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}
