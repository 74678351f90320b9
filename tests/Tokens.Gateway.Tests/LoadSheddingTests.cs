using System.Net;
using Microsoft.AspNetCore.Http;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

/// <summary>More requests than may be under way.</summary>
public sealed class LoadSheddingTests
{
    private const int RequestsMax = 3;

    [Fact]
    public async Task The_next_one_is_refused_at_once_and_a_place_that_becomes_free_is_taken_again()
    {
        var (arrived, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var api = await Upstream.StartAsync(async context =>
        {
            arrived.Release();
            await release.Task;
            await context.Response.WriteAsync("done");
        });
        await using var gateway = await StartAsync(api);
        var taken = Enumerable.Range(0, RequestsMax).Select(_ => gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance")).ToList();
        for (var i = 0; i < RequestsMax; i++)
        {
            (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        }

        using var refused = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent("{}"));

        (await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "overloaded")).GetProperty("instance").GetString().ShouldBe("/api/tokens/tip");
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        api.Requests.Count.ShouldBe(RequestsMax);
        release.SetResult();
        foreach (var response in await Task.WhenAll(taken))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Dispose();
        }

        using var next = await gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/api/tokens/balance/stream")]
    [InlineData("GET", "/docs/index.html")]
    [InlineData("POST", "/webhooks/stripe")]
    [InlineData("PUT", "/api/tokens/admin/members")]
    public async Task Requests_with_limits_of_their_own_are_neither_counted_with_others_nor_refused_with_them(string method, string path)
    {
        var (arrived, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var api = await Upstream.StartAsync(async context =>
        {
            arrived.Release();
            await release.Task;
        });
        await using var gateway = await StartAsync(api);

        var open = Enumerable.Range(0, RequestsMax + 1).Select(_ => gateway.SendAsync(new HttpMethod(method), path)).ToList();
        var other = gateway.SendAsync(HttpMethod.Get, "/api/tokens/balance");

        for (var i = 0; i < RequestsMax + 2; i++)
        {
            (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        }

        release.SetResult();
        foreach (var response in await Task.WhenAll([.. open, other]))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Dispose();
        }
    }

    [Theory]
    [InlineData("GET", "/api/tokens/balance/stream", "StreamsMax", "/api/v1/wallet/balance/stream")]
    [InlineData("POST", "/webhooks/stripe", "WebhooksMax", "/webhooks/stripe")]
    [InlineData("PUT", "/api/tokens/admin/members", "DirectoryUpdatesMax", "/api/v1/tokens/admin/members")]
    [InlineData("GET", "/docs/swagger-ui-bundle.js", "DocumentsMax", "/openapi/v1.json")]
    [InlineData("POST", "/api/tokens/balance/stream", "RequestsMax", "/api/tokens/balance/stream")]
    [InlineData("GET", "/webhooks/stripe", "RequestsMax", "/webhooks/stripe")]
    public async Task A_class_of_requests_is_refused_beyond_its_own_limit(string method, string path, string limit, string further)
    {
        var (arrived, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var api = await Upstream.StartAsync(async context =>
        {
            arrived.Release();
            await release.Task;
        });
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("Gateway:" + limit, "1"));
        var first = gateway.SendAsync(new HttpMethod(method), path);
        (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();

        using var second = await gateway.SendAsync(new HttpMethod(method), further);

        await second.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
        release.SetResult();
        using var response = await first;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_that_fails_gives_its_place_back()
    {
        await using var api = await Upstream.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(api);

        for (var i = 0; i < RequestsMax + 1; i++)
        {
            using var response = await gateway.SendAsync(HttpMethod.Post, "/api/tokens/tip", new StringContent("{}"));
            response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }
    }

    private static Task<RunningGateway> StartAsync(Upstream api) =>
        RunningGateway.StartAsync(api.Url, ("Gateway:RequestsMax", $"{RequestsMax}"));
}
