using System.Net.Http.Headers;
using System.Text;
using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class DevNoopTests(SqliteProduct fixture)
{
    private const int BodyBytesMax = 32 * 1024;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "message": "Brava!" }""")]
    [InlineData("""{ "creatorId": "x", "amountTokens": 1 }""")]
    public async Task An_object_is_read_and_answered(string body)
    {
        using var member = await fixture.SignInAsync();
        foreach (var listener in new[] { fixture.Product.Gateway, fixture.Product.Api })
        {
            var answer = await AskAsync(listener, body, member.Token);

            answer.Status.ShouldBe(200);
            answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
            answer.Json.GetProperty("timestamp").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        }
    }

    [Fact]
    public async Task A_body_up_to_the_usual_limit_is_taken()
    {
        using var member = await fixture.SignInAsync();

        (await AskAsync(fixture.Product.Gateway, Body(BodyBytesMax), member.Token)).Status.ShouldBe(200);
        (await AskAsync(fixture.Product.Gateway, Body(BodyBytesMax + 1), member.Token)).ShouldBeProblem(413, "payload_too_large");
    }

    [Fact]
    public async Task What_is_no_object_is_refused()
    {
        using var member = await fixture.SignInAsync();

        (await AskAsync(fixture.Product.Gateway, "{ no JSON", member.Token)).ShouldBeProblem(400, "invalid_request");
        (await AskAsync(fixture.Product.Gateway, "[1, 2]", member.Token)).ShouldBeProblem(400, "invalid_request");
        (await AskAsync(fixture.Product.Gateway, """{ "message": 1 }""", member.Token)).ShouldBeProblem(400, "validation_failed");
        (await AskAsync(fixture.Product.Gateway, "{}", member.Token, "text/plain")).ShouldBeProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task It_needs_a_sign_in() =>
        (await AskAsync(fixture.Product.Gateway, "{}")).ShouldBeProblem(401, "unauthenticated");

    [Theory]
    [InlineData("GATEWAY_URLS", "http://0.0.0.0:0")]
    [InlineData("API_URLS", "http://[::]:0")]
    public async Task It_is_not_there_while_a_listener_faces_the_network(string name, string url)
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(
            Starts.Factory("Development", storage.Settings, new Dictionary<string, string?> { [name] = url }), CancellationToken.None);

        await ShouldNotBeThereAsync(product);
    }

    [Fact]
    public async Task It_is_not_there_in_Production()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Starts.ProductionAsync(storage);

        await ShouldNotBeThereAsync(product);
    }

    private static async Task ShouldNotBeThereAsync(Product product)
    {
        foreach (var listener in new[] { product.Gateway!.Urls.Single(), product.Api!.Urls.Single() })
        {
            var address = new UriBuilder("http", "127.0.0.1", new Uri(listener).Port).Uri;
            (await AskAsync(address, "{}")).ShouldBeProblem(404, "not_found");
        }

        await product.StopAsync();
    }

    private static string Body(int bytes) => $"{{\"message\":\"{new string('x', bytes - 14)}\"}}";

    private static async Task<Answer> AskAsync(Uri listener, string body, string? token = null, string type = "application/json")
    {
        using var client = new HttpClient { BaseAddress = listener };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Answer.ReadAsync(await client.PostAsync("/dev/noop", new StringContent(body, Encoding.UTF8, type)));
    }
}
