using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Host.Ops;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Ops;

/// <summary>Who may act on the listener of operations.</summary>
[Collection(OnSqlite.Name)]
public sealed class OpsRoutesTests(SqliteProduct fixture)
{
    [Fact]
    public async Task Only_the_page_acts_and_only_under_a_name_of_its_listener()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };
        var token = await TokenAsync(client);
        var off = new { isOn = false };

        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, token[1..] + "0")).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, token, host: "tokens.example")).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, token, host: $"tokens.example:{fixture.Product.Api.Port}")).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Post, "/ops/checks/ledger", body: null)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/sandbox/faults", new { errorRate = 1 })).ShouldBeProblem(403, "forbidden");

        var data = await Answer.ReadAsync(await client.GetAsync("/ops/data"));
        data.Json.GetProperty("switches").EnumerateArray().ShouldAllBe(one => one.GetProperty("isOn").GetBoolean());
        (await SendAsync(client, HttpMethod.Post, "/ops/checks/ledger", body: null, token, host: $"localhost:{fixture.Product.Api.Port}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_brings_does_not_act_with_the_pages_token(string header, string value)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };
        var token = await TokenAsync(client);
        client.DefaultRequestHeaders.Add(header, value);

        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", new { isOn = true }, token)).ShouldBeProblem(403, "forbidden");
        (await client.GetStringAsync("/ops")).ShouldContain("name=\"ops-token\" content=\"\"");
    }

    [Theory]
    [InlineData("/ops")]
    [InlineData("/ops/data")]
    [InlineData("/ops/ops.js")]
    [InlineData("/ops/sandbox/faults")]
    [InlineData("/metrics")]
    public async Task A_page_under_a_name_of_its_own_reads_nothing(string path)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };
        client.DefaultRequestHeaders.Host = "evil.example";
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "localhost");

        (await Answer.ReadAsync(await client.GetAsync(path))).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task An_administrator_acts_by_sign_in_and_nobody_else_does()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };
        using var admin = await fixture.SignInAsync(roles: "tokens-admin");
        using var member = await fixture.SignInAsync();
        var on = new { isOn = true };

        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", on, bearer: admin.Token)).Status.ShouldBe(200);
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", on, bearer: member.Token)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", on, await TokenAsync(client), bearer: member.Token)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", on, bearer: admin.Token[..^2])).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Who_reaches_a_listener_of_the_network_may_read_and_only_an_administrator_may_act()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Tokens.Host.Roles.Product.StartAsync(
            Starts.Factory("Development", storage.Settings, new Dictionary<string, string?> { ["OPS_URLS"] = "http://0.0.0.0:0" }), CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", new Uri(product.Ops!.Urls.Single()).Port).Uri };
        using var admin = await TestMember.SignInAsync(new Uri(product.Gateway!.Urls.Single()), roles: ["tokens-admin"]);
        var secret = product.Ops.Services.GetRequiredService<OpsSources>().Token;
        var off = new { isOn = false };

        foreach (var path in new[] { "/ops", "/ops/data", "/ops/ops.js", "/metrics" })
        {
            (await client.GetStringAsync(path)).ShouldNotContain(secret);
        }

        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, secret)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/sandbox/faults", new { errorRate = 1 }, secret)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Post, "/ops/checks/ledger", body: null, secret)).ShouldBeProblem(403, "forbidden");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, bearer: admin.Token)).Status.ShouldBe(200);
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", off, bearer: "no.token.at.all")).ShouldBeProblem(401, "unauthenticated");
        await product.StopAsync();
    }

    [Fact]
    public async Task Bad_input_names_its_field_and_what_there_isn_t_is_not_found()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };
        var token = await TokenAsync(client);

        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", new { isOn = "no" }, token)).ShouldBeProblem(400, "validation_failed");
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/buying", new { }, token)).Json.GetProperty("errors").TryGetProperty("isOn", out _).ShouldBeTrue();
        (await SendAsync(client, HttpMethod.Put, "/ops/switches/lights", new { isOn = false }, token)).ShouldBeProblem(404, "not_found");
        (await SendAsync(client, HttpMethod.Post, "/ops/checks/lights", body: null, token)).ShouldBeProblem(404, "not_found");
        (await SendAsync(client, HttpMethod.Put, "/ops/sandbox/faults", new { errorRate = 2 }, token)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("/ops")]
    [InlineData("/ops/ops.js")]
    [InlineData("/ops/data")]
    [InlineData("/metrics")]
    public async Task The_gateway_forwards_none_of_it(string path)
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Gateway };

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_may_run_its_own_script_and_nothing_else()
    {
        using var client = new HttpClient { BaseAddress = fixture.Product.Api };

        var page = await client.GetAsync("/ops");

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain("frame-ancestors 'none'");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static async Task<string> TokenAsync(HttpClient client)
    {
        var html = await client.GetStringAsync("/ops");
        const string before = "name=\"ops-token\" content=\"";
        var start = html.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return html[start..html.IndexOf('"', start)];
    }

    private static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, object? body, string? token = null, string? host = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync();
        }

        request.Headers.Host = host;
        if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }

        if (token is not null)
        {
            request.Headers.Add("X-Ops-Token", token);
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
