using System.Net;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class SafetyHeaderTests
{
    private static readonly (string, string)[] OverHttps = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "pay.example.com")];

    [Theory]
    [InlineData("/api/tokens", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/", 302)]
    public async Task An_answer_may_only_be_read(string path, int status)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("ASPNETCORE_ENVIRONMENT", "Development"));

        using var response = await gateway.SendAsync(HttpMethod.Get, path);

        ((int)response.StatusCode).ShouldBe(status);
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        Header(response, "Cache-Control").ShouldBe("no-store");
        response.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_that_reads_the_description_may_run_its_own_scripts_and_no_others()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/docs/index.html");

        Header(response, "Content-Security-Policy").ShouldContain("script-src 'self';");
        Header(response, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/api/nowhere")]
    public async Task Https_is_kept_to(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);
        await using var shorter = await RunningGateway.StartAsync(api.Url, ("Gateway:HstsMaxAge", "00:01:00"));

        using var response = await gateway.SendAsync(HttpMethod.Get, path, content: null, OverHttps);
        using var minute = await shorter.SendAsync(HttpMethod.Get, path, content: null, OverHttps);

        Header(response, "Strict-Transport-Security").ShouldBe("max-age=31536000");
        Header(minute, "Strict-Transport-Security").ShouldBe("max-age=60");
    }

    [Theory]
    [InlineData("localhost:8443")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8443")]
    public async Task A_developers_own_machine_is_not_bound_to_https(string host)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var response = await gateway.SendAsync(
            HttpMethod.Get, "/api/tokens", content: null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", host));

        response.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("/page")]
    public async Task What_another_application_says_of_its_pages_stands(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var other = await Upstream.StartAsync(context =>
        {
            var headers = context.Response.Headers;
            headers.StrictTransportSecurity = "max-age=7";
            headers.XContentTypeOptions = "own";
            headers.ContentSecurityPolicy = "frame-ancestors https://partner.example";
            headers["Referrer-Policy"] = "origin";
            headers.CacheControl = "public, max-age=60";
            headers.Server = "Other/1.0";
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("LEGACY_API_URL", other.Url), ("FRONTEND_UPSTREAM", other.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, path, content: null, OverHttps);

        Header(response, "Strict-Transport-Security").ShouldBe("max-age=7");
        Header(response, "X-Content-Type-Options").ShouldBe("own");
        Header(response, "Content-Security-Policy").ShouldBe("frame-ancestors https://partner.example");
        Header(response, "Referrer-Policy").ShouldBe("origin");
        Header(response, "Cache-Control").ShouldBe("public, max-age=60");
        response.Headers.Contains("X-Frame-Options").ShouldBeFalse();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("/page")]
    public async Task A_page_that_says_nothing_is_given_what_no_page_misses(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var other = await Upstream.StartAsync("a page");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("LEGACY_API_URL", other.Url), ("FRONTEND_UPSTREAM", other.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, path, content: null, OverHttps);

        Header(response, "Strict-Transport-Security").ShouldBe("max-age=31536000");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "X-Frame-Options").ShouldBe("SAMEORIGIN");
        Header(response, "Referrer-Policy").ShouldBe("strict-origin-when-cross-origin");
        response.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        response.Headers.CacheControl.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_whose_policy_is_silent_about_frames_is_kept_out_of_others()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var other = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", other.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/page");

        Header(response, "Content-Security-Policy").ShouldBe("default-src 'self'");
        Header(response, "X-Frame-Options").ShouldBe("SAMEORIGIN");
    }

    [Fact]
    public async Task An_error_of_the_gateway_in_their_place_is_the_gateways()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var down = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("LEGACY_API_URL", down.Url));

        using var response = await gateway.SendAsync(HttpMethod.Get, "/api/users");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Cache-Control").ShouldBe("no-store");
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
