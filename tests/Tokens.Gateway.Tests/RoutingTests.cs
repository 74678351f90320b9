using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Tokens.Gateway.Tests.Parts;
using Yarp.ReverseProxy.Model;

namespace Tokens.Gateway.Tests;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("/api/tokens", "/api/tokens")]
    [InlineData("/api/tokens/balance?a=1&b=%20", "/api/tokens/balance?a=1&b=%20")]
    [InlineData("/api/v1/tokens/balance", "/api/tokens/balance")]
    [InlineData("/api/wallet", "/api/tokens")]
    [InlineData("/api/wallet/transactions?limit=5", "/api/tokens/transactions?limit=5")]
    [InlineData("/api/v1/wallet/x", "/api/tokens/x")]
    [InlineData("/api/v1/wallet", "/api/tokens")]
    [InlineData("/API/V1/Wallet/x", "/api/tokens/x")]
    [InlineData("/api/tokens/wallet/v1", "/api/tokens/wallet/v1")]
    [InlineData("/api/wallet/a%20b/caf%C3%A9", "/api/tokens/a%20b/caf%C3%A9")]
    [InlineData("/api/auth/session", "/api/auth/session")]
    [InlineData("/api/v1/auth/session", "/api/auth/session")]
    [InlineData("/api/csrf-token", "/api/csrf-token")]
    [InlineData("/webhooks/stripe", "/webhooks/stripe")]
    [InlineData("/openapi/v1.json", "/openapi/v1.json")]
    [InlineData("/docs", "/docs")]
    [InlineData("/docs/index.css", "/docs/index.css")]
    [InlineData("/dev/token", "/dev/token")]
    [InlineData("/dev/noop", "/dev/noop")]
    public async Task Paths_of_the_API_reach_it_under_their_one_name(string path, string target)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var legacy = await Upstream.StartAsync("legacy");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, ("LEGACY_API_URL", legacy.Url), ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Post, path, new StringContent("{}"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("api");
        api.Requests.Single().Target.ShouldBe(target);
    }

    [Theory]
    [InlineData("/api/users/7")]
    [InlineData("/api/v1/users/7?x=1")]
    [InlineData("/api/tokensale")]
    [InlineData("/api/auth/login")]
    [InlineData("/api/v1/walletx")]
    [InlineData("/api/files/a%2Fb%25/caf%C3%A9?q=%2F")]
    [InlineData("/api")]
    public async Task Other_API_paths_reach_the_legacy_application_as_they_came(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var legacy = await Upstream.StartAsync("legacy");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, ("LEGACY_API_URL", legacy.Url), ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, path);

        (await response.Content.ReadAsStringAsync()).ShouldBe("legacy");
        legacy.Requests.Single().Target.ShouldBe(path);
        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/redeem/abc?x=1")]
    [InlineData("/metrics")]
    [InlineData("/ops")]
    [InlineData("/ops/parked")]
    [InlineData("/@fs/a%2Fb")]
    [InlineData("/webhooks/other")]
    [InlineData("/health")]
    public async Task All_other_paths_reach_the_front_end_and_never_the_API(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, path);

        (await response.Content.ReadAsStringAsync()).ShouldBe("frontend");
        frontend.Requests.Single().Target.ShouldBe(path);
        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/users/7")]
    [InlineData("/api")]
    public async Task Without_a_legacy_application_other_API_paths_are_404_and_never_a_page(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Post, path);

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        problem.GetProperty("instance").GetString().ShouldBe(path);
        frontend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_front_end_the_bare_address_leads_to_the_documents_in_Development()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("ASPNETCORE_ENVIRONMENT", "Development"));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location?.ToString().ShouldBe("/docs/index.html");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_Production_which_serves_no_documents_the_bare_address_is_404()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/");

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/ops")]
    [InlineData("/docs/%2e%2e/metrics")]
    [InlineData("/anything")]
    public async Task Without_a_front_end_other_paths_are_404(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, path);

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        api.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/docs/%252e%252e/metrics")]
    [InlineData("/docs/..%2fmetrics")]
    [InlineData("/docs/..%5cmetrics")]
    [InlineData("/api/tokens/%252e%252e/%252e%252e/ops")]
    public async Task Encoded_dots_do_not_climb_out_of_a_tree(string path)
    {
        await using var api = await Upstream.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value!));
        await using var gateway = await RunningGateway.StartAsync(api.Url);
        using var raw = await RawClient.SendAsync(gateway.Address, $"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        raw.Text.ShouldStartWith("HTTP/1.1 200");
        foreach (var seen in api.Requests)
        {
            (seen.Target.StartsWith("/docs/", StringComparison.Ordinal) || seen.Target.StartsWith("/api/tokens/", StringComparison.Ordinal))
                .ShouldBeTrue(seen.Target);
        }
    }

    [Fact]
    public async Task An_answer_of_a_destination_passes_as_it_is()
    {
        await using var legacy = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers.Server = "legacy/1.0";
            return Task.CompletedTask;
        });
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("LEGACY_API_URL", legacy.Url));

        using var response = await gateway.SendAsync(HttpMethod.Head, "/api/users");
        using var other = await gateway.SendAsync(HttpMethod.Get, "/api/users");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType.ShouldBeNull();
        (await other.Content.ReadAsStringAsync()).ShouldBeEmpty();
        other.Headers.Server.ShouldBeEmpty();
    }

    [Fact]
    public async Task WebSockets_reach_the_front_end()
    {
        await using var frontend = await Upstream.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, endOfMessage: true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", frontend.Url));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/hmr" }.Uri, deadline.Token);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        var buffer = new byte[100];
        var answer = await client.ReceiveAsync(buffer, deadline.Token);

        Encoding.UTF8.GetString(buffer, 0, answer.Count).ShouldBe("hello");
    }

    [Fact]
    public async Task Forwarded_requests_are_measured_where_they_end_and_not_here()
    {
        await using var app = RunningGateway.Build(
            ["http://127.0.0.1:1"], ("LEGACY_API_URL", "http://127.0.0.1:2"), ("FRONTEND_UPSTREAM", "http://127.0.0.1:3"));

        var proxied = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is not null)
            .ToList();

        proxied.Select(endpoint => endpoint.Metadata.GetMetadata<RouteModel>()!.Cluster!.ClusterId).Distinct()
            .ShouldBe(["api", "legacy", "frontend"], ignoreOrder: true);
        proxied.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() != null);
    }
}
