using System.Net;
using Tokens.Gateway.Tests.Parts;
using Tokens.Host.Roles;

namespace Tokens.Gateway.Tests;

public sealed class CorsTests
{
    private const string Origin = "https://app.example.com";

    private static readonly (string, string) Frontends = ("FRONTEND_URL", "https://app.example.com/, http://localhost:5173");

    [Theory]
    [InlineData("https://app.example.com")]
    [InlineData("http://localhost:5173")]
    public async Task A_preflight_from_a_front_end_is_answered_by_the_gateway(string origin)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, Frontends);

        using var response = await PreflightAsync(gateway, "/api/v1/tokens/tip", origin);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(response, "Access-Control-Allow-Origin").ShouldBe(origin);
        Header(response, "Access-Control-Allow-Credentials").ShouldBe("true");
        Header(response, "Access-Control-Allow-Methods").ShouldBe("GET,POST,PUT,PATCH,DELETE");
        Header(response, "Access-Control-Allow-Headers")
            .ShouldBe("Authorization,Content-Type,Idempotency-Key,X-CSRF-Token,X-Request-ID,traceparent");
        Header(response, "Access-Control-Max-Age").ShouldBe("86400");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_of_the_API_may_be_read_by_a_front_end()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, Frontends);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("Origin", Origin));

        ShouldBeReadable(response);
    }

    [Fact]
    public async Task Errors_of_the_gateway_may_be_read_by_a_front_end()
    {
        await using var down = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync(down.Url, Frontends, ("Gateway:BufferedBodyBytesMax", "1024"));

        using var unavailable = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("Origin", Origin));
        using var tooLarge = await gateway.SendAsync(
            HttpMethod.Post, "/api/tokens/tip", new ByteArrayContent(new byte[1025]), ("Origin", Origin));
        using var nowhere = await gateway.SendAsync(HttpMethod.Get, "/api/nowhere", content: null, ("Origin", Origin));

        unavailable.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        tooLarge.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ShouldBeReadable(unavailable);
        ShouldBeReadable(tooLarge);
        ShouldBeReadable(nowhere);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example.com")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("null")]
    public async Task A_stranger_gets_no_permission(string origin)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, Frontends);

        using var preflight = await PreflightAsync(gateway, "/api/tokens/tip", origin);
        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("Origin", origin));

        preflight.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_front_end_there_are_no_CORS_headers()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("Origin", Origin));

        response.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("/page")]
    public async Task The_legacy_application_and_the_front_end_answer_their_own_preflights(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var other = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "https://own.example";
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(
            api.Url, Frontends, ("LEGACY_API_URL", other.Url), ("FRONTEND_UPSTREAM", other.Url));

        using var preflight = await PreflightAsync(gateway, path, Origin);

        other.Requests.Single().Method.ShouldBe("OPTIONS");
        Header(preflight, "Access-Control-Allow-Origin").ShouldBe("https://own.example");
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/shop")]
    [InlineData("ftp://app.example.com")]
    [InlineData("*")]
    public void An_entry_that_is_no_origin_stops_the_start_and_is_named(string entry)
    {
        var error = Should.Throw<SettingsException>(
            () => RunningGateway.Build(["http://127.0.0.1:1"], ("FRONTEND_URL", entry)));

        error.Message.ShouldStartWith("FRONTEND_URL:");
        error.Message.ShouldContain($"'{entry}'");
    }

    private static void ShouldBeReadable(HttpResponseMessage response)
    {
        Header(response, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(response, "Access-Control-Allow-Credentials").ShouldBe("true");
        Header(response, "Access-Control-Expose-Headers")
            .ShouldBe("Retry-After,RateLimit,RateLimit-Policy,Idempotent-Replayed,X-Request-ID");
        Header(response, "Vary").ShouldContain("Origin");
    }

    private static Task<HttpResponseMessage> PreflightAsync(RunningGateway gateway, string path, string origin) => gateway.SendAsync(
        HttpMethod.Options,
        path,
        content: null,
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type,idempotency-key"));

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
