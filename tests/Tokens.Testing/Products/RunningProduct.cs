using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tokens.Host.Roles;

namespace Tokens.Testing.Products;

/// <summary>
/// The whole product in this process, on ports of its own: gateway, API and Stripe sandbox, as a developer runs it, but without
/// limits: all tests come from one address.
/// </summary>
public sealed class RunningProduct : IAsyncDisposable
{
    private readonly Product _product;

    private RunningProduct(Product product) => _product = product;

    /// <summary>The front door; every test of behaviour goes through it.</summary>
    public Uri Gateway => new(Product.AddressOf(_product.Gateway!));

    /// <summary>The API host behind it.</summary>
    public Uri Api => new(Product.AddressOf(_product.Api!));

    /// <summary>The Stripe sandbox.</summary>
    public Uri Sandbox => new(Product.AddressOf(_product.Sandbox!));

    /// <summary>The API host's services, for tests that look behind the wire.</summary>
    public IServiceProvider Services => _product.Api!.Services;

    /// <summary>Starts the product on that storage.</summary>
    /// <param name="storage">Outlives the product, so that a second one can be started on it.</param>
    /// <param name="settings">Settings beside the storage's.</param>
    /// <param name="prepare">Called on the builder of each role before it registers anything.</param>
    public static async Task<RunningProduct> StartAsync(
        Storage storage, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? prepare = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        var overrides = new Dictionary<string, string?>(storage.Settings)
        {
            ["GATEWAY_URLS"] = "http://127.0.0.1:0",
            ["API_URLS"] = "http://127.0.0.1:0",
            ["SANDBOX_URLS"] = "http://127.0.0.1:0",
            ["RATE_LIMITS"] = "off",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            overrides[name] = value;
        }

        return new RunningProduct(await Product.StartAsync(
            new AppFactory("Development", [])
            {
                Overrides = overrides,
                Prepare = builder =>
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Error);
                    prepare?.Invoke(builder);
                },
            },
            CancellationToken.None));
    }

    /// <summary>Stops as on SIGTERM: drains, then ends.</summary>
    public Task StopAsync() => _product.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _product.StopAsync();
        await _product.DisposeAsync();
    }
}
