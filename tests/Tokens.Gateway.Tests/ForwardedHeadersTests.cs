using Tokens.Gateway.Tests.Parts;
using Tokens.Host.Roles;

namespace Tokens.Gateway.Tests;

public sealed class ForwardedHeadersTests
{
    private static readonly (string, string)[] Claimed =
    [
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "shop.example"),
        ("X-Forwarded-Prefix", "/evil"),
        ("Forwarded", "for=203.0.113.9"),
    ];

    [Theory]
    [InlineData("127.0.0.0/8,::1")]
    [InlineData("127.0.0.1")]
    public async Task What_a_trusted_proxy_says_is_passed_on(string trusted)
    {
        var seen = await ForwardAsync(trusted, Claimed);

        seen["X-Forwarded-For"].ShouldBe("203.0.113.7");
        seen["X-Forwarded-Proto"].ShouldBe("https");
        seen["X-Forwarded-Host"].ShouldBe("shop.example");
        seen.ShouldNotContainKey("X-Forwarded-Prefix");
        seen.ShouldNotContainKey("Forwarded");
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("")]
    public async Task What_anybody_else_says_is_replaced_by_what_the_gateway_saw(string trusted)
    {
        var seen = await ForwardAsync(trusted, Claimed);

        seen["X-Forwarded-For"].ShouldBe("127.0.0.1");
        seen["X-Forwarded-Proto"].ShouldBe("http");
        seen["X-Forwarded-Host"].ShouldStartWith("127.0.0.1:");
        seen.ShouldNotContainKey("X-Forwarded-Prefix");
        seen.ShouldNotContainKey("Forwarded");
    }

    [Fact]
    public async Task A_chain_is_believed_up_to_the_first_stranger()
    {
        var seen = await ForwardAsync("127.0.0.1,10.0.0.0/8", ("X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.0.0.3, 10.0.0.2"));

        seen["X-Forwarded-For"].ShouldBe("203.0.113.7");
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.1")]
    [InlineData("proxy.example")]
    [InlineData("*")]
    public void An_entry_that_is_no_network_stops_the_start_and_is_named(string entry)
    {
        var error = Should.Throw<SettingsException>(
            () => RunningGateway.Build(["http://127.0.0.1:1"], ("TRUSTED_PROXIES", "127.0.0.1," + entry)));

        error.Message.ShouldStartWith("TRUSTED_PROXIES:");
        error.Message.ShouldContain($"'{entry}'");
    }

    private static async Task<Dictionary<string, string>> ForwardAsync(string trusted, params (string, string)[] headers)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("TRUSTED_PROXIES", trusted));
        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, headers);
        response.EnsureSuccessStatusCode();
        return api.Requests.Single().Headers;
    }
}
