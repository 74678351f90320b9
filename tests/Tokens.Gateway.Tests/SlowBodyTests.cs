using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tokens.Gateway.Tests.Parts;
using Tokens.Testing;

namespace Tokens.Gateway.Tests;

/// <summary>Bodies that arrive at their client's pace.</summary>
public sealed class SlowBodyTests
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Fact]
    public async Task A_body_that_is_still_arriving_holds_no_place_among_the_requests()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:RequestsMax", "1"));
        using var first = await BeginAsync(gateway, "POST /api/tokens/tip", bytes: 10);
        using var second = await BeginAsync(gateway, "POST /api/tokens/tip", bytes: 10);

        using var other = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent("{}"));

        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        await first.SendAsync("1234567890");
        (await first.ReadUntilAsync("api")).ShouldStartWith("HTTP/1.1 200");
    }

    [Theory]
    [InlineData("POST /api/tokens/tip")]
    [InlineData("POST /webhooks/stripe")]
    public async Task A_body_that_keeps_its_pace_but_not_its_deadline_is_408(string request)
    {
        var clock = new FakeTimeProvider();
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(api, clock);
        using var slow = await BeginAsync(gateway, request, bytes: 10);
        await slow.SendAsync("1");

        clock.Advance(TimeSpan.FromSeconds(30));

        var answer = await slow.ReadUntilAsync("}");
        answer.ShouldStartWith("HTTP/1.1 408");
        answer.ShouldContain("\"code\":\"request_timeout\"");
        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST", "/api/tokens/tip", 32 * 1_024)]
    [InlineData("POST", "/api/tokens/admin/members", 32 * 1_024)]
    [InlineData("GET", "/webhooks/stripe", 32 * 1_024)]
    [InlineData("POST", "/api/tokens/balance/stream", 32 * 1_024)]
    [InlineData("PUT", "/api/tokens/admin/members", 512 * 1_024)]
    [InlineData("PUT", "/api/v1/wallet/admin/members", 512 * 1_024)]
    [InlineData("POST", "/webhooks/stripe", 1_024 * 1_024)]
    [InlineData("GET", "/api/tokens/balance/stream", 0)]
    [InlineData("GET", "/docs/index.html", 0)]
    public async Task A_route_takes_a_body_of_its_own_size_and_refuses_a_byte_more_unread(string method, string path, int bytesMax)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var fits = await gateway.SendAsync(new HttpMethod(method), path, new ByteArrayContent(new byte[bytesMax]));
        using var declares = await RawConnection.OpenAsync(gateway.Address);
        await declares.SendAsync($"{method} {path} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: {bytesMax + 1}\r\n\r\n");

        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await declares.ReadUntilAsync("}");
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain($"at most {bytesMax} bytes");
        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_has_its_share_of_memory_is_refused_and_another_is_not()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url,
            ("Gateway:BufferedBodyBytesMax", "6000"),
            ("Gateway:WebhookBodyBytesMax", "6000"),
            ("Gateway:DirectoryBodyBytesMax", "6000"),
            ("Gateway:AddressBufferedBytesMax", "6000"));
        using var slow = await BeginAsync(gateway, "POST /api/tokens/tip", bytes: 5_001);
        await slow.SendAsync(new string(' ', 5_000));

        // When the gateway has read those bytes no one but the gateway knows.
        await Eventually.BecomesTrueAsync(
            async () => await StatusAsync("127.0.0.1") == HttpStatusCode.ServiceUnavailable, Deadline, "the share is used up");
        (await StatusAsync("203.0.113.1")).ShouldBe(HttpStatusCode.OK);
        await slow.SendAsync(" ");
        (await slow.ReadUntilAsync("api")).ShouldStartWith("HTTP/1.1 200");
        await Eventually.BecomesTrueAsync(
            async () => await StatusAsync("127.0.0.1") == HttpStatusCode.OK, Deadline, "the share is free again");

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var response = await gateway.SendAsync(
                HttpMethod.Post, "/api/tokens/tip", new ByteArrayContent(new byte[5_000]), ("X-Forwarded-For", address));
            return response.StatusCode;
        }
    }

    private static Task<RunningGateway> StartAsync(Upstream api, FakeTimeProvider clock) =>
        RunningGateway.StartAsync([api.Url], services => services.AddSingleton<TimeProvider>(clock));

    // The gateway says 100 in the moment in which it begins to read the body.
    private static async Task<RawConnection> BeginAsync(RunningGateway gateway, string request, int bytes)
    {
        var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync($"{request} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: {bytes}\r\n\r\n");
        (await connection.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 100");
        return connection;
    }
}
