using System.Reflection;
using System.Text;
using Microsoft.Extensions.Options;
using Tokens.Host.Api;
using Tokens.Host.Api.Documents;
using Tokens.Platform.Storage;

namespace Tokens.Host.Roles;

/// <summary>Says at the start what runs where, on which storage, and whether money is real.</summary>
internal static class Banner
{
    internal static string Of(Product product)
    {
        var version = typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var text = new StringBuilder().AppendLine().AppendLine($"Tokens {version?.Split('+')[0]} ({product.Settings.Environment})");
        Line("gateway", product.Gateway, "the front door: send requests here");
        Line("api", product.Api, product.Api is null ? "" : StorageOf(product.Api.Services.GetRequiredService<StorageSettings>()));
        Line("sandbox", product.Sandbox, "plays Stripe");
        if (product.Settings.IsDevelopment && product.Api is { } api)
        {
            text.AppendLine(MoneyOf(api.Configuration["STRIPE_SECRET_KEY"]));
        }

        if (product.Gateway is { } gateway && ServesPage(product))
        {
            text.AppendLine($"Read the API at {Product.AddressOf(gateway)}/docs");
        }

        if ((product.Ops ?? (product.Settings.IsDevelopment ? product.Api : null)) is { } ops)
        {
            text.AppendLine($"See how it does at {Product.AddressOf(ops)}/ops");
        }

        return text.ToString();

        void Line(string role, WebApplication? app, string what)
        {
            if (app is not null)
            {
                text.AppendLine($"  {role,-8} {Product.AddressOf(app),-24} {what}");
            }
        }
    }

    // A gateway alone doesn't know what the API hosts behind it serve.
    private static bool ServesPage(Product product) => product.Api is { } api
        ? DocumentRoutes.Served(api.Services.GetRequiredService<IOptions<ApiOptions>>().Value, product.Settings) == Documentation.Page
        : product.Settings.IsDevelopment;

    private static string StorageOf(StorageSettings storage) => storage.Provider == StorageProvider.Sqlite
        ? $"SQLite in {storage.DataDirectory}"
        : "PostgreSQL";

    private static string MoneyOf(string? stripeKey) => stripeKey?.StartsWith("sk_test_", StringComparison.Ordinal) == true
        ? "No real money moves: Stripe is in test mode or played by the sandbox."
        : "WARNING: this Stripe key is not a test key. REAL MONEY MOVES.";
}
