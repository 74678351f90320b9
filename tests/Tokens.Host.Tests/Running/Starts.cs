using Microsoft.Extensions.Logging;
using Tokens.Host.Roles;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Running;

/// <summary>Starts the product in this process as its entry point does, in whatever environment.</summary>
internal static class Starts
{
    /// <summary>All that Production asks for.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> ProductionSettings = new Dictionary<string, string?>
    {
        ["STRIPE_SECRET_KEY"] = "sk_test_production",
        ["STRIPE_WEBHOOK_SECRET"] = "whsec_production",
        ["SUPABASE_JWT_SECRET"] = "a secret of thirty-two characters or more",
        ["GIFT_CARD_PEPPER"] = "a pepper of thirty-two characters or more",
        ["DATA_PROTECTION_KEY"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    };

    private static readonly IReadOnlyDictionary<string, string?> Addresses = new Dictionary<string, string?>
    {
        ["GATEWAY_URLS"] = "http://127.0.0.1:0",
        ["API_URLS"] = "http://127.0.0.1:0",
        ["SANDBOX_URLS"] = "http://127.0.0.1:0",
    };

    internal static AppFactory Factory(string environment, params IReadOnlyDictionary<string, string?>[] settings) => new(environment, [])
    {
        Overrides = Addresses.Concat(settings.SelectMany(each => each)).GroupBy(each => each.Key)
            .ToDictionary(each => each.Key, each => each.Last().Value),
        Prepare = builder => builder.Logging.SetMinimumLevel(LogLevel.Critical),
    };

    internal static Task<Product> ProductionAsync(Storage storage) =>
        Product.StartAsync(Factory("Production", storage.Settings, ProductionSettings), CancellationToken.None);

    /// <summary>The message with which a start in that environment is refused, as the operator sees it.</summary>
    internal static async Task<string> RefusalAsync(string environment, params IReadOnlyDictionary<string, string?>[] settings)
    {
        await using var storage = Storage.Sqlite();
        var fault = await Should.ThrowAsync<Exception>(
            async () =>
            {
                await using var product = await Product.StartAsync(
                    Factory(environment, [storage.Settings, .. settings]), CancellationToken.None);
            });
        StartFaults.Covers(fault).ShouldBeTrue($"the operator would see a stack trace: {fault}");
        return fault.Message;
    }
}
