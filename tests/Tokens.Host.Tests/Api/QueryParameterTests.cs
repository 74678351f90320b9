using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>What holds for the query parameters of every route, whichever module it belongs to.</summary>
[Collection(OnSqlite.Name)]
public sealed class QueryParameterTests(SqliteProduct fixture)
{
    private sealed record Route(string Path, IReadOnlyList<string> Parameters);

    [Fact]
    public async Task An_empty_parameter_counts_as_absent_on_every_route()
    {
        using var admin = await fixture.SignInAsync(isCreator: true, roles: "tokens-admin");
        var routes = Routes();
        routes.Sum(route => route.Parameters.Count).ShouldBeGreaterThan(10);
        foreach (var route in routes)
        {
            var without = await admin.GetAsync(route.Path);
            without.Status.ShouldBeOneOf([200, 404], $"{route.Path}: {without.Text}");
            var queries = route.Parameters.Select(name => $"{name}=").Append(string.Join('&', route.Parameters.Select(name => $"{name}=")));
            foreach (var query in queries.Append(route.Parameters[0]))
            {
                var answer = await admin.GetAsync($"{route.Path}?{query}");

                answer.Status.ShouldBe(without.Status, $"{route.Path}?{query}: {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_and_other_bytes_that_are_no_text_are_400_in_queries_and_paths()
    {
        using var admin = await fixture.SignInAsync(isCreator: true, roles: "tokens-admin");
        foreach (var escape in new[] { "%ED%A0%80", "%C3%28", "%C0%80" })
        {
            foreach (var path in Routes().Select(route => $"{route.Path}?{route.Parameters[0]}={escape}"))
            {
                var answer = await admin.GetAsync(path);

                answer.Status.ShouldBe(400, $"{path}: {answer.Text}");
            }

            var deleted = await admin.SendAsync(HttpMethod.Delete, $"/api/tokens/payment-methods/{escape}", content: null);
            deleted.Status.ShouldBe(400, deleted.Text);
        }
    }

    /// <summary>The GET routes that take query parameters, with ids of no object in their paths.</summary>
    private List<Route> Routes() =>
    [
        .. from route in fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
           let fields = route.Metadata.GetMetadata<InputDescription>()?.Fields.ToLookup(taken => taken.Place)
           where fields?[FieldPlace.Query].Any() == true
           select new Route(
               fields[FieldPlace.Route].Aggregate(
                   route.RoutePattern.RawText!.TrimEnd('/'), (path, taken) => path.Replace($"{{{taken.Name}}}", ValueOf(taken))),
               [.. fields[FieldPlace.Query].Select(taken => taken.Name)]),
    ];

    private static string ValueOf(FieldDescription taken) => taken.Choices?.First() ?? Guid.CreateVersion7().ToString();
}
