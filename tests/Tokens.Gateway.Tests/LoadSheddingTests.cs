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
    [InlineData("/api/tokens/balance/stream")]
    [InlineData("/webhooks/stripe")]
    public async Task Streams_and_webhooks_are_neither_counted_nor_refused(string path)
    {
        var (arrived, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var api = await Upstream.StartAsync(async context =>
        {
            arrived.Release();
            await release.Task;
        });
        await using var gateway = await StartAsync(api);

        var open = Enumerable.Range(0, RequestsMax + 1).Select(_ => gateway.SendAsync(HttpMethod.Get, path)).ToList();
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
