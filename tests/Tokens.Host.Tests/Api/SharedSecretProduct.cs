using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>A product that believes two shared secrets, as during a rotation.</summary>
public sealed class SharedSecretProduct : ProductFixture, IAsyncLifetime
{
    internal const string NewSecret = "the new secret of thirty-two characters or more";
    internal const string OldSecret = "the old secret of thirty-two characters or more";

    protected override IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["SUPABASE_JWT_SECRET"] = $"{NewSecret},{OldSecret}" };

    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}
