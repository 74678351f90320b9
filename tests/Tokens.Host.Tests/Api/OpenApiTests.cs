using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Inputs;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class OpenApiTests(SqliteProduct fixture)
{
    [Fact]
    public async Task The_document_describes_every_route_with_its_fields()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        var routes = fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/api/"))
            .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .ToList();
        routes.Count.ShouldBeGreaterThan(10);
        foreach (var route in routes)
        {
            var path = paths.GetProperty(route.RoutePattern.RawText!.TrimEnd('/'));
            foreach (var method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                ShouldDescribe(path.GetProperty(method.ToLowerInvariant()), route);
            }
        }
    }

    [Fact]
    public async Task A_tip_is_described_as_it_is_read()
    {
        var tip = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/tokens/tip").GetProperty("post");

        var body = tip.GetProperty("requestBody");
        body.GetProperty("required").GetBoolean().ShouldBeTrue();
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldContain("creatorId");
        var amount = schema.GetProperty("properties").GetProperty("amountTokens");
        amount.GetProperty("minimum").GetInt64().ShouldBe(1);
        amount.GetProperty("maximum").GetInt64().ShouldBe(9_007_199_254_740_991);
        schema.GetProperty("properties").GetProperty("creatorId").GetProperty("format").GetString().ShouldBe("uuid");
        schema.GetProperty("properties").GetProperty("message").GetProperty("maxLength").GetInt32().ShouldBe(500);
        tip.GetProperty("parameters").EnumerateArray().ShouldContain(parameter =>
            parameter.GetProperty("name").GetString() == "Idempotency-Key" && parameter.GetProperty("in").GetString() == "header");
    }

    [Fact]
    public async Task A_number_is_never_described_as_a_text_too()
    {
        var document = await DocumentAsync();

        var types = Descendants(document).Where(element => element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out _))
            .Select(element => element.GetProperty("type")).Where(type => type.ValueKind == JsonValueKind.Array)
            .Select(type => type.EnumerateArray().Select(each => each.GetString()).ToList()).ToList();

        types.ShouldContain(type => type.Contains("null"), "what is searched is there");
        types.ShouldAllBe(type => !type.Contains("string") || (!type.Contains("integer") && !type.Contains("number")));
    }

    private static IEnumerable<JsonElement> Descendants(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Descendants(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Descendants),
        _ => [],
    };

    [Fact]
    public async Task Parameters_say_what_a_bare_date_and_an_empty_value_stand_for()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        var parameters = paths.GetProperty("/api/tokens/transactions").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .ToDictionary(parameter => parameter.GetProperty("name").GetString()!);
        parameters.Values.ShouldAllBe(parameter => parameter.GetProperty("description").GetString()!.EndsWith("An empty value counts as absent."));
        parameters["from"].GetProperty("description").GetString()!.ShouldContain("bare date is the first instant of that day");
        parameters["to"].GetProperty("description").GetString()!.ShouldContain("bare date includes that whole day");
        var code = paths.GetProperty("/api/tokens/redeem-gift-card").GetProperty("post").GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema").GetProperty("properties").GetProperty("giftCardCode");
        code.GetProperty("description").GetString()!.ShouldContain("redeem link");
    }

    [Fact]
    public async Task The_document_names_the_gateway_as_its_server_and_asks_for_a_bearer_token_or_a_session()
    {
        var document = await DocumentAsync();

        document.GetProperty("info").GetProperty("title").GetString().ShouldBe("Tokens");
        document.GetProperty("servers").GetArrayLength().ShouldBe(1);
        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer");
        scheme.GetProperty("scheme").GetString().ShouldBe("bearer");
        Security(document).ShouldBe(["bearer", "session"]);
    }

    [Fact]
    public async Task The_document_says_what_a_session_needs()
    {
        var document = await DocumentAsync();
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        schemes.GetProperty("session").GetProperty("in").GetString().ShouldBe("cookie");
        schemes.GetProperty("session").GetProperty("name").GetString().ShouldBe("__Host-tokens-session");
        schemes.GetProperty("csrf").GetProperty("in").GetString().ShouldBe("header");
        schemes.GetProperty("csrf").GetProperty("name").GetString().ShouldBe("X-CSRF-Token");

        var paths = document.GetProperty("paths");
        Security(paths.GetProperty("/api/tokens/tip").GetProperty("post")).ShouldBe(["bearer", "session+csrf"]);
        Security(paths.GetProperty("/api/auth/session").GetProperty("delete")).ShouldBe(["bearer", "session+csrf"]);
        Security(paths.GetProperty("/api/auth/session").GetProperty("post")).ShouldBe(["bearer"]);
        Security(paths.GetProperty("/webhooks/stripe").GetProperty("post")).ShouldBeEmpty();
        paths.GetProperty("/api/csrf-token").GetProperty("get").TryGetProperty("security", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/docs", "text/html")]
    [InlineData("/docs/index.html", "text/html")]
    [InlineData("/docs/swagger-ui-bundle.js", "text/javascript")]
    [InlineData("/docs/swagger-ui.css", "text/css")]
    public async Task The_page_loads_through_the_gateway(string path, string type)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };

        var answer = await Answer.ReadAsync(await client.GetAsync(path));

        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe(type);
        answer.Text.Length.ShouldBeGreaterThan(500);
    }

    private static IEnumerable<string> Security(JsonElement described) => described.GetProperty("security").EnumerateArray()
        .Select(requirement => string.Join('+', requirement.EnumerateObject().Select(scheme => scheme.Name)));

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };
        var answer = await Answer.ReadAsync(await client.GetAsync("/openapi/v1.json"));
        answer.Status.ShouldBe(200, answer.Text);
        answer.ContentType.ShouldBe("application/json");
        return answer.Json;
    }

    private static void ShouldDescribe(JsonElement operation, RouteEndpoint route)
    {
        operation.GetProperty("operationId").GetString().ShouldBe(route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
        operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
        if (route.Metadata.GetMetadata<InputDescription>() is not { } input)
        {
            return;
        }

        string[] expected = [.. input.Fields.Select(field => $"{field.Place}:{field.Name}"), .. input.TakesKey ? ["Header:Idempotency-Key"] : Array.Empty<string>()];
        var described = new List<string>();
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            described.AddRange(parameters.EnumerateArray().Select(parameter => parameter.GetProperty("in").GetString() switch
            {
                "path" => "Route",
                "query" => "Query",
                _ => "Header",
            } + ":" + parameter.GetProperty("name").GetString()));
        }

        if (operation.TryGetProperty("requestBody", out var body))
        {
            described.AddRange(body.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties")
                .EnumerateObject().Select(property => "Body:" + property.Name));
        }

        described.ShouldBe(expected, ignoreOrder: true, route.DisplayName);
    }
}
