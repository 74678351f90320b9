using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Nginx;

/// <summary>A product that believes a proxy on this machine, with a small limit by address, whose connections are counted.</summary>
public sealed class ProductBehindNginx : IAsyncLifetime
{
    internal const int Burst = 40;

    private readonly Storage _storage = Storage.Sqlite();
    private readonly ConcurrentDictionary<int, int> _connections = new();

    internal RunningProduct Product { get; private set; } = null!;

    /// <summary>Connections that the gateway has accepted.</summary>
    internal int GatewayConnections => _connections.GetValueOrDefault(Product.Gateway.Port);

    public async Task InitializeAsync() => Product = await RunningProduct.StartAsync(
        _storage,
        new Dictionary<string, string?>
        {
            ["RATE_LIMITS"] = "on",
            ["TRUSTED_PROXIES"] = "127.0.0.1",
            ["Gateway:AddressBurst"] = $"{Burst}",
            ["Gateway:AddressRequestsPerSecond"] = "1",
        },
        CountConnections);

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private void CountConnections(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
        {
            _connections.AddOrUpdate(((IPEndPoint)connection.LocalEndPoint!).Port, 1, (_, count) => count + 1);
            return next(connection);
        })));
}
