using Tokens.Testing.Products;

namespace Tokens.Payments.Tests.Parts;

/// <summary>A product on PostgreSQL that takes events signed by <see cref="Webhook.Secret"/>.</summary>
public sealed class PostgresWebhooks : ProductFixture, IAsyncLifetime
{
    protected override IReadOnlyDictionary<string, string?> Settings => Webhook.Settings;

    protected override Task<Storage> CreateStorageAsync() => Storage.PostgresAsync();
}
