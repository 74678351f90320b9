using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Gateway.Tests.Parts;
using Yarp.ReverseProxy.Forwarder;

namespace Tokens.Gateway.Tests;

public sealed class ErrorTests
{
    [Fact]
    public async Task A_bug_is_500_and_tells_nothing_about_itself()
    {
        await using var gateway = await RunningGateway.StartAsync(
            ["http://127.0.0.1:1"],
            services => services.AddSingleton<IHttpForwarder, FaultyForwarder>(),
            ("FRONTEND_URL", "https://app.example.com"));

        using var response = await gateway.SendAsync(
            HttpMethod.Get, "/api/tokens", content: null, ("Origin", "https://app.example.com"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal_error");
        problem.GetRawText().ShouldNotContain(FaultyForwarder.Secret);
        problem.GetRawText().ShouldNotContain(nameof(FaultyForwarder));
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.com"]);
    }

    [Theory]
    [InlineData("/api/tokens/tip", "not a size")]
    [InlineData("/api/upload", "not a size")]
    [InlineData("/api/tokens/tip", "fffffffffffffffff")]
    [InlineData("/api/upload", "fffffffffffffffff")]
    public async Task A_body_whose_framing_is_broken_is_400(string path, string chunkSize)
    {
        await using var host = await Upstream.StartAsync("host");
        await using var gateway = await RunningGateway.StartAsync(host.Url, ("LEGACY_API_URL", host.Url));

        using var answer = await RawClient.SendAsync(
            gateway.Address, $"POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunkSize}\r\n");

        answer.Text.ShouldStartWith("HTTP/1.1 400");
        answer.Text.ShouldContain("\"code\":\"invalid_request\"");
        host.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_HEAD_gets_the_status_of_an_error_without_its_body()
    {
        await using var down = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync(down.Url);

        using var response = await gateway.SendAsync(HttpMethod.Head, "/api/tokens");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Errors_are_never_stored_and_carry_every_member()
    {
        await using var down = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync(down.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/v1/wallet/balance");

        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "upstream_unavailable");
        problem.GetProperty("type").GetString().ShouldBe("urn:tokens:upstream_unavailable");
        problem.GetProperty("instance").GetString().ShouldBe("/api/tokens/balance");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("timestamp").ValueKind.ShouldBe(JsonValueKind.String);
    }

    private sealed class FaultyForwarder : IHttpForwarder
    {
        internal const string Secret = "Password=hunter2";

        public ValueTask<ForwarderError> SendAsync(
            HttpContext context,
            string destinationPrefix,
            HttpMessageInvoker httpClient,
            ForwarderRequestConfig requestConfig,
            HttpTransformer transformer) => throw new InvalidOperationException(Secret);
    }
}
