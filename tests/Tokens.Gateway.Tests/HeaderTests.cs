using System.Net;
using Microsoft.AspNetCore.Http;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/api/users")]
    public async Task Headers_beyond_ASCII_pass_in_both_directions(string path)
    {
        await using var host = await Upstream.StartAsync(context =>
        {
            context.Response.Headers["X-Said"] = context.Request.Headers["X-Name"];
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(host.Url, ("LEGACY_API_URL", host.Url));

        using var answer = await RawClient.SendAsync(
            gateway.Address, $"GET {path} HTTP/1.1\r\nHost: a\r\nX-Name: Žofie 💎\r\nConnection: close\r\n\r\n");

        answer.Text.ShouldStartWith("HTTP/1.1 200");
        answer.Text.ShouldContain("X-Said: Žofie 💎\r\n");
        host.Requests.Single().Headers["X-Name"].ShouldBe("Žofie 💎");
    }

    [Fact]
    public async Task Request_id_and_trace_context_pass_through()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(
            HttpMethod.Get,
            "/api/tokens",
            content: null,
            ("X-Request-ID", "r-1"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        api.Requests.Single().Headers["X-Request-ID"].ShouldBe("r-1");
        api.Requests.Single().Headers["traceparent"].ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/api/users")]
    [InlineData("/redeem")]
    public async Task What_a_client_attaches_to_a_trace_goes_no_further(string path)
    {
        await using var host = await Upstream.StartAsync("host");
        await using var gateway = await RunningGateway.StartAsync(host.Url, ("LEGACY_API_URL", host.Url), ("FRONTEND_UPSTREAM", host.Url));

        using var response = await gateway.SendAsync(
            HttpMethod.Get,
            path,
            content: null,
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ("tracestate", "vendor=stranger"),
            ("baggage", "user=stranger"),
            ("Correlation-Context", "user=stranger"));

        var seen = host.Requests.Single().Headers;
        seen["traceparent"].ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        seen.Values.ShouldAllBe(value => !value.Contains("stranger", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/health/live")]
    [InlineData("/nowhere")]
    public async Task No_answer_names_the_server(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, path);

        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Lines_and_headers_have_limits()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, ("Gateway:RequestLineBytesMax", "1024"), ("Gateway:RequestHeaderBytesMax", "2048"));

        using var line = await gateway.SendAsync(HttpMethod.Get, "/api/tokens?" + new string('a', 1_100));
        using var header = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("X-Long", new string('a', 2_100)));

        line.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        header.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task There_may_be_so_many_headers_and_no_more()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:RequestHeadersMax", "20"));

        // The client adds Host.
        using var fits = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, Numbered(19));
        using var tooMany = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, Numbered(20));

        fits.StatusCode.ShouldBe(HttpStatusCode.OK);
        tooMany.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        api.Requests.Count.ShouldBe(1);

        static (string, string)[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(number => ($"X-{number}", "a"))];
    }

    [Fact]
    public async Task Headers_that_do_not_come_end_the_connection()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:RequestHeadersTimeout", "00:00:01"));

        using var answer = await RawClient.SendAsync(gateway.Address, "GET /api/tokens HTTP/1.1\r\nHost: a\r\nX-Slow: ");

        answer.Text.ShouldStartWith("HTTP/1.1 408");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_reach_the_client_while_the_stream_goes_on()
    {
        var goOn = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync("data: second\n\n");
        });
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance/stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("data: first");
        goOn.SetResult();

        (await reader.ReadToEndAsync()).ShouldContain("data: second");
    }
}
