using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Architecture.Tests.Rules;
using Tokens.Testing;

namespace Tokens.Architecture.Tests.RealProduct;

public sealed class RoutesTests
{
    /// <summary>Which module owns which route.</summary>
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["/api/tokens"] = "wallet",
        ["/api/tokens/balance/**"] = "wallet",
        ["/api/tokens/transactions/**"] = "wallet",
        ["/api/tokens/tip/**"] = "wallet",
        ["/api/tokens/calls/**"] = "wallet",
        ["/api/tokens/admin/adjustments"] = "wallet",
        ["/api/tokens/admin/members/**"] = "wallet",
        ["/api/tokens/admin/ledger/**"] = "wallet",

        ["/api/tokens/packages"] = "payments",
        ["/api/tokens/purchase"] = "payments",
        ["/api/tokens/quick-purchase"] = "payments",
        ["/api/tokens/purchase-saved"] = "payments",
        ["/api/tokens/payment-methods/**"] = "payments",
        ["/api/tokens/purchases/**"] = "payments",
        ["/api/tokens/admin/payments/**"] = "payments",
        ["/api/tokens/settings/**"] = "payments",
        ["/api/tokens/smart-refill/**"] = "payments",
        ["/api/tokens/payout/**"] = "payments",
        ["/webhooks/stripe"] = "payments",
        ["/internal/deliveries/**"] = "payments",

        ["/api/tokens/analytics/**"] = "analytics",

        ["/api/tokens/gift-card"] = "giftcards",
        ["/api/tokens/gift-cards/**"] = "giftcards",
        ["/api/tokens/redeem-gift-card"] = "giftcards",
        ["/api/tokens/catalog"] = "giftcards",
        ["/api/tokens/gift"] = "giftcards",
        ["/api/tokens/gifts"] = "giftcards",
        ["/api/tokens/admin/gift-cards/**"] = "giftcards",
    };

    [Fact]
    public async Task Every_route_is_mapped_by_the_module_that_owns_it()
    {
        var routes = await MappedRoutesAsync();
        routes.ShouldContain(("/api/tokens/balance", "wallet"));

        RouteOwnership.Violations(Table, routes).ShouldBeEmpty();
    }

    /// <summary>The routes of every module of the tree, each mapped apart, so that whose a route is needs no one's word.</summary>
    private static async Task<IReadOnlyCollection<(string Route, string Module)>> MappedRoutesAsync()
    {
        using var data = new TemporaryDirectory();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("DATA_DIR", data.Path)]);
        // What the host gives every module.
        builder.Services.AddSingleton(TimeProvider.System);
        foreach (var (_, module) in ModulesOfTheProduct.Declared)
        {
            module.AddServices(builder);
        }

        await using var app = builder.Build();
        var routes = new List<(string, string)>();
        foreach (var (_, module) in ModulesOfTheProduct.Declared)
        {
            var own = new OwnRoutes(app.Services);
            module.MapEndpoints(own);
            routes.AddRange(own.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Select(endpoint => ("/" + endpoint.RoutePattern.RawText!.Trim('/'), module.Name)));
        }

        return [.. routes.Distinct()];
    }

    private sealed class OwnRoutes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
