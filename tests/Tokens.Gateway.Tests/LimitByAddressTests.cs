using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class LimitByAddressTests
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task A_thousand_at_once_pass_and_fifty_a_second_after_that()
    {
        var clock = new FakeTimeProvider();
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(api, clock);

        (await PassedAsync(gateway, 1_100)).ShouldBe(1_000);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await PassedAsync(gateway, 60)).ShouldBe(50);
        api.Requests.Count.ShouldBe(1_050);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_that_tells_the_truth_and_that_a_browser_may_read()
    {
        var clock = new FakeTimeProvider();
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(
            api, clock, ("Gateway:AddressBurst", "2"), ("Gateway:AddressRequestsPerSecond", "1"), ("FRONTEND_URL", Origin));
        (await PassedAsync(gateway, 2)).ShouldBe(2);

        using var refused = await gateway.SendAsync(HttpMethod.Post, "/api/v1/tokens/tip", content: null, ("Origin", Origin));

        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        problem.GetProperty("retryAfterSeconds").GetInt32().ShouldBe(1);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        Header(refused, "RateLimit-Policy").ShouldBe("\"gateway.address\";q=2;w=2");
        Header(refused, "RateLimit").ShouldBe("\"gateway.address\";r=0;t=1");
        Header(refused, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(refused, "Access-Control-Expose-Headers").ShouldContain("Retry-After");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await PassedAsync(gateway, 2)).ShouldBe(1);
    }

    [Theory]
    [InlineData("POST", "/webhooks/stripe")]
    [InlineData("POST", "/webhooks/stripe/")]
    [InlineData("GET", "/health/live")]
    [InlineData("HEAD", "/health/ready")]
    [InlineData("GET", "/api/tokens/balance/stream")]
    [InlineData("GET", "/api/v1/wallet/balance/stream")]
    public async Task What_is_limited_elsewhere_passes(string method, string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(api, new FakeTimeProvider(), ("Gateway:AddressBurst", "1"));
        (await PassedAsync(gateway, 2)).ShouldBe(1);

        using var response = await gateway.SendAsync(new HttpMethod(method), path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/webhooks/stripe")]
    [InlineData("POST", "/webhooks/stripe/more")]
    [InlineData("POST", "/webhooks")]
    [InlineData("POST", "/api/tokens/balance/stream")]
    [InlineData("HEAD", "/api/tokens/balance/stream")]
    [InlineData("GET", "/api/tokens/balance")]
    [InlineData("PUT", "/api/tokens/admin/members")]
    [InlineData("GET", "/docs/index.html")]
    [InlineData("POST", "/health/live")]
    [InlineData("GET", "/")]
    public async Task Only_those_routes_are_exempt_and_only_by_their_method(string method, string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(api, new FakeTimeProvider(), ("Gateway:AddressBurst", "1"));
        (await PassedAsync(gateway, 2)).ShouldBe(1);

        using var response = await gateway.SendAsync(new HttpMethod(method), path);

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Addresses_have_counts_of_their_own_an_IPv6_network_has_one_and_a_stranger_can_not_choose_his()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await StartAsync(api, new FakeTimeProvider(), ("Gateway:AddressBurst", "1"));

        (await StatusFromAsync("203.0.113.1")).ShouldBe(HttpStatusCode.OK);
        (await StatusFromAsync("203.0.113.1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusFromAsync("203.0.113.2")).ShouldBe(HttpStatusCode.OK);
        (await StatusFromAsync("2001:db8:1:2::1")).ShouldBe(HttpStatusCode.OK);
        (await StatusFromAsync("2001:db8:1:2:ffff::1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusFromAsync("2001:db8:1:3::1")).ShouldBe(HttpStatusCode.OK);

        // Only what the nearest proxy that isn't trusted wrote counts; what its client put before it does not.
        (await StatusFromAsync("198.51.100.9, 203.0.113.1")).ShouldBe(HttpStatusCode.TooManyRequests);

        async Task<HttpStatusCode> StatusFromAsync(string address)
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens", content: null, ("X-Forwarded-For", address));
            return response.StatusCode;
        }
    }

    private static Task<RunningGateway> StartAsync(Upstream api, FakeTimeProvider clock, params (string Key, string Value)[] configuration) =>
        RunningGateway.StartAsync([api.Url], services => services.AddSingleton<TimeProvider>(clock), configuration);

    private static async Task<int> PassedAsync(RunningGateway gateway, int requests)
    {
        var passed = 0;
        await Parallel.ForAsync(0, requests, async (_, _) =>
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, "/api/tokens");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref passed);
            }
            else
            {
                response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            }
        });
        return passed;
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
