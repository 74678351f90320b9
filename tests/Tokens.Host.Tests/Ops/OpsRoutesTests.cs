using System.Net;
using System.Net.Http.Json;
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

    private static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, object? body, string? token = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync();
        }

        request.Headers.Host = host;
        if (token is not null)
        {
            request.Headers.Add("X-Ops-Token", token);
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
