using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Parts;

/// <summary>A product on SQLite that takes events signed by <see cref="Webhook.Secret"/>.</summary>
public sealed class SqliteWebhooks : ProductFixture, IAsyncLifetime
{
    protected override IReadOnlyDictionary<string, string?> Settings => Webhook.Settings;

    protected override Task<Storage> CreateStorageAsync() => Task.FromResult(Storage.Sqlite());
}
