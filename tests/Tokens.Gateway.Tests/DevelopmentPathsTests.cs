using System.Net;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

/// <summary>Who reaches the development routes of the API through a gateway.</summary>
public sealed class DevelopmentPathsTests
{
    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("evil.example:8080", "localhost")]
    [InlineData("localhost", "evil.example")]
    [InlineData("localhost.evil.example", "127.0.0.1")]
    public async Task A_request_under_a_foreign_name_is_not_forwarded(string host, string? forwardedHost)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);
        (string, string)[] headers = forwardedHost is null ? [("Host", host)] : [("Host", host), ("X-Forwarded-Host", forwardedHost)];

        foreach (var path in new[] { "/dev/token", "/dev/noop", "/DEV/token", "/%64ev/token", "/dev/token/" })
        {
            using var response = await gateway.SendAsync(HttpMethod.Post, path, new StringContent("{}"), headers);
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }

        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    public async Task A_gateway_that_faces_the_network_forwards_none(string listener)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("GATEWAY_URLS", listener));
        var address = new UriBuilder("http", "127.0.0.1", gateway.Address.Port, "/dev/token").Uri;

        using var response = await gateway.SendAsync(HttpMethod.Post, address.AbsoluteUri, new StringContent("{}"));

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_of_the_front_end_under_that_path_are_its_own()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/dev/blog", content: null, ("Host", "shop.example"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("frontend");
    }
}
