using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class AnonymousRoutesTests(SqliteProduct fixture)
{
    /// <summary>Open to everybody. A route joins this list by a decision, never by an oversight.</summary>
    private static readonly string[] Open =
        ["/dev/token", "/docs/{**file}", "/health/live", "/health/ready", "/openapi/v1.json", "/webhooks/stripe", OfGateways];

    // It answers trusted gateways only, and no gateway forwards to it.
    private const string OfGateways = "/internal/deliveries/{id}";

    // In Development the API's own listener is the one for operations, which no gateway forwards to.
    private static readonly string[] OfOperations =
    [
        "/metrics", "/ops", "/ops/checks/{name}", "/ops/data", "/ops/ops.css", "/ops/ops.js", "/ops/sandbox/faults", "/ops/sandbox/faults",
        "/ops/switches/{name}",
    ];

    [Fact]
    public void Only_these_routes_are_open() =>
        Routes().Where(IsOpen).Select(route => route.RoutePattern.RawText).ShouldBe([.. Open, .. OfOperations], ignoreOrder: true);

    [Fact]
    public async Task Every_other_route_asks_for_a_sign_in()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };
        var closed = Routes().Where(route => !IsOpen(route)).ToList();
        closed.Count.ShouldBeGreaterThan(10);

        foreach (var route in closed)
        {
            var path = string.Concat(route.RoutePattern.PathSegments.Select(segment =>
                "/" + string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal
                    ? literal.Content
                    : Guid.NewGuid().ToString()))));
            foreach (var method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                var answer = await Answer.ReadAsync(await client.SendAsync(request));
                answer.Status.ShouldBe(401, $"{method} {path}");
                answer.ShouldBeProblem(401, "unauthenticated");
            }
        }
    }

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private IEnumerable<RouteEndpoint> Routes() =>
        fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
