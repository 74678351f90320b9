using System.Text;
using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

public sealed class DevTokenTests
{
    [Theory]
    [InlineData("GATEWAY_URLS", "http://0.0.0.0:0")]
    [InlineData("GATEWAY_URLS", "http://*:0")]
    [InlineData("API_URLS", "http://[::]:0")]
    public async Task Nobody_is_signed_in_by_it_while_a_listener_faces_the_network(string name, string url)
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(
            Starts.Factory("Development", storage.Settings, new Dictionary<string, string?> { [name] = url }), CancellationToken.None);

        (await AskAsync(product.Gateway!.Urls.Single())).ShouldBeProblem(404, "not_found");
        (await AskAsync(product.Api!.Urls.Single())).ShouldBeProblem(404, "not_found");
        await product.StopAsync();
    }

    [Fact]
    public async Task It_is_not_there_in_Production()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Starts.ProductionAsync(storage);

        (await AskAsync(product.Gateway!.Urls.Single())).ShouldBeProblem(404, "not_found");
        (await AskAsync(product.Api!.Urls.Single())).ShouldBeProblem(404, "not_found");
        (await AskAsync(product.Api!.Urls.Single(), "{ no JSON")).ShouldBeProblem(404, "not_found");
        await product.StopAsync();
    }

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("evil.example", "localhost")]
    [InlineData("localhost", "evil.example")]
    [InlineData("127.0.0.1.evil.example", "127.0.0.1")]
    [InlineData("192.0.2.1", null)]
    public async Task A_page_under_a_name_of_its_own_signs_nobody_in(string host, string? forwardedHost)
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Product.StartAsync(Starts.Factory("Development", storage.Settings), CancellationToken.None);

        foreach (var listener in new[] { product.Gateway!.Urls.Single(), product.Api!.Urls.Single() })
        {
            foreach (var path in new[] { "/dev/token", "/dev/noop" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
                request.Headers.Host = host;
                if (forwardedHost is not null)
                {
                    request.Headers.Add("X-Forwarded-Host", forwardedHost);
                }

                using var client = new HttpClient { BaseAddress = new Uri(listener) };
                (await Answer.ReadAsync(await client.SendAsync(request))).ShouldBeProblem(404, "not_found");
            }
        }

        (await AskAsync(product.Gateway!.Urls.Single())).Status.ShouldBe(200);
        await product.StopAsync();
    }

    private static async Task<Answer> AskAsync(string listener, string body = "{}")
    {
        using var client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", new Uri(listener.Replace("*", "x")).Port).Uri };
        return await Answer.ReadAsync(await client.PostAsync("/dev/token", new StringContent(body, Encoding.UTF8, "application/json")));
    }
}
