using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Answers;
using Tokens.Testing.Products;
using static Tokens.Host.Tests.Api.AcceptedEncodings;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class CompressionTests(SqliteProduct fixture)
{
    /// <summary>None of them ever holds a secret. A route joins this list by a decision.</summary>
    private static readonly string[] Compressible =
    [
        "/api/tokens/transactions", "/api/tokens/transactions/past", "/api/tokens/transactions/export",
        "/api/tokens/packages", "/api/tokens/admin/payments/parked", "/api/tokens/analytics/{type}",
    ];

    [Fact]
    public void Only_these_routes_are_compressed() =>
        fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<CompressibleAnswer>() is not null)
            .Select(route => route.RoutePattern.RawText).ShouldBe(Compressible, ignoreOrder: true);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    public async Task A_long_list_is_compressed_as_the_client_likes(string accepted, string encoding)
    {
        using var fan = await WithHistoryAsync();

        using var response = await GetAsync(fan, "/api/tokens/transactions", accepted);

        response.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        response.Headers.Vary.ShouldContain("Accept-Encoding");
        var packed = await response.Content.ReadAsByteArrayAsync();
        var text = Unpack(packed, encoding);
        packed.Length.ShouldBeLessThan(text.Length / 2);
        JsonSerializer.Deserialize<JsonElement>(text).GetProperty("transactions").GetArrayLength().ShouldBe(20);
    }

    [Fact]
    public async Task The_same_over_https()
    {
        using var fan = await WithHistoryAsync();
        fan.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var response = await GetAsync(fan, "/api/tokens/transactions", "gzip");

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task A_statement_is_compressed_while_it_is_streamed(string format)
    {
        using var fan = await WithHistoryAsync();

        using var response = await GetAsync(fan, "/api/tokens/transactions/export?format=" + format, "gzip");

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        Unpack(await response.Content.ReadAsByteArrayAsync(), "gzip").ShouldContain("a message of the fan");
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/docs/swagger-ui.css")]
    public async Task Documents_are_compressed(string path)
    {
        using var fan = await fixture.SignInAsync();

        using var response = await GetAsync(fan, path, "gzip");

        response.IsSuccessStatusCode.ShouldBeTrue();
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
    }

    [Fact]
    public async Task Who_asks_for_nothing_gets_it_plain()
    {
        using var fan = await WithHistoryAsync();

        using var response = await GetAsync(fan, "/api/tokens/transactions", "identity");

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Headers.Vary.ShouldContain("Accept-Encoding");
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("{\"success\":true");
    }

    [Theory]
    [InlineData("/api/tokens/packages", 200)]
    [InlineData("/api/tokens/transactions", 200)]
    [InlineData("/api/tokens/balance", 200)]
    [InlineData("/api/tokens/transactions?limit=x", 400)]
    public async Task A_short_answer_and_an_error_stay_as_they_are(string path, int status)
    {
        using var fan = await fixture.SignInAsync();

        using var response = await GetAsync(fan, path, "gzip, br");

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task An_answer_with_a_secret_and_an_event_stream_stay_as_they_are()
    {
        using var fan = await fixture.SignInAsync();
        using var purchase = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/purchase")
        {
            Content = new StringContent("""{"tokenAmount":50,"paymentMethodId":"pm_card_visa"}""", Encoding.UTF8, "application/json"),
        };
        purchase.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var paid = await fan.Client.SendAsync(purchase);
        using var stream = await GetAsync(fan, "/api/tokens/balance/stream", "gzip, br");

        (await paid.Content.ReadAsStringAsync()).ShouldContain("client_secret");
        paid.Content.Headers.ContentEncoding.ShouldBeEmpty();
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, new Dictionary<string, string?> { ["Api:Compression"] = "false" });
        using var member = await TestMember.SignInAsync(product.Gateway);

        using var response = await GetAsync(member, "/openapi/v1.json", "gzip");

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    private async Task<TestMember> WithHistoryAsync()
    {
        var fan = await fixture.SignInWithAsync(1_000);
        using var creator = await fixture.SignInAsync(isCreator: true);
        foreach (var _ in Enumerable.Range(0, 19))
        {
            (await fan.PostAsync("/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 1, message = "a message of the fan" })).Status.ShouldBe(200);
        }

        return fan;
    }

    private static string Unpack(byte[] packed, string encoding)
    {
        using var source = new MemoryStream(packed);
        using Stream unpacking = encoding == "br" ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacking, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
