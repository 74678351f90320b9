using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>A route as the product itself describes it, so that a new one is fuzzed from its first day.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">Its method.</param>
/// <param name="Pattern">Its path.</param>
/// <param name="Fields">What it takes.</param>
internal sealed record FuzzRoute(string Name, string Method, RoutePattern Pattern, IReadOnlyList<FieldDescription> Fields)
{
    internal bool HasBody => Fields.Any(taken => taken.Place == FieldPlace.Body);

    internal static IReadOnlyList<FuzzRoute> Of(RunningProduct product) =>
    [
        .. from route in product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let fields = route.Metadata.GetMetadata<InputDescription>()?.Fields.ToList() ?? []
           from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]
           select new FuzzRoute(route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName, method, route.RoutePattern, fields),
        // Addresses that nobody serves.
        new("Nowhere", "GET", RoutePatternFactory.Parse("/api/tokens/nowhere/{id}"), []),
        new("Beside", "POST", RoutePatternFactory.Parse("/api/{id}"), []),
        new("Page", "GET", RoutePatternFactory.Parse("/{id}"), []),
        new("Docs", "GET", RoutePatternFactory.Parse("/docs/{id}"), []),
    ];
}
