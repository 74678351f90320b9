using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class HealthTests
{
    private static readonly (string, string) Often = ("Gateway:HealthInterval", "00:00:00.100");

    private static readonly (string, string) Never = ("Gateway:HealthInterval", "00:01:00");

    [Fact]
    public async Task Readiness_names_each_host_by_number_and_hides_its_address()
    {
        await using var first = await Upstream.StartAsync("first");
        await using var second = await Upstream.StartAsync("second");
        await using var gateway = await RunningGateway.StartAsync([first.Url, second.Url]);

        using var response = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldNotContain(new Uri(first.Url).Authority);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("status").GetString().ShouldBe("ready");
        json.RootElement.GetProperty("dependencies").EnumerateObject().Select(dependency => dependency.Name)
            .ShouldBe(["api-1", "api-2"]);
    }

    [Fact]
    public async Task Readiness_is_503_while_no_host_is_available_and_liveness_stays_200()
    {
        await using var down = RawUpstream.Refusing();
        await using var gateway = await RunningGateway.StartAsync(down.Url, Often);

        await gateway.DestinationIsAsync("api-1", "unavailable");
        using var ready = await gateway.SendAsync(HttpMethod.Get, "/health/ready");
        using var live = await gateway.SendAsync(HttpMethod.Get, "/health/live");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await live.Content.ReadAsStringAsync()).ShouldContain("\"status\":\"live\"");
    }

    [Fact]
    public async Task Readiness_is_503_from_the_moment_of_draining_and_requests_still_work()
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);
        gateway.Drain.Begin();

        using var ready = await gateway.SendAsync(HttpMethod.Get, "/health/ready");
        using var live = await gateway.SendAsync(HttpMethod.Head, "/health/live");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("\"status\":\"draining\"");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Client.GetStringAsync("/api/tokens")).ShouldBe("api");
    }

    [Fact]
    public async Task The_first_refused_connection_takes_a_host_out_at_once()
    {
        await using var down = new RawUpstream(exchange => exchange.AnswerAsync("200 OK", "back"));
        await using var gateway = await RunningGateway.StartAsync(down.Url, Never);

        using var refused = await gateway.SendAsync(HttpMethod.Get, "/api/tokens");
        using var ready = await gateway.SendAsync(HttpMethod.Get, "/health/ready");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("\"api-1\":\"unavailable\"");
    }

    [Fact]
    public async Task A_host_that_is_out_still_gets_a_request_that_has_nowhere_else_to_go()
    {
        await using var host = new RawUpstream(exchange => exchange.AnswerAsync("200 OK", "back"));
        await using var gateway = await RunningGateway.StartAsync(host.Url, Never);
        using (var refused = await gateway.SendAsync(HttpMethod.Get, "/api/tokens"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        host.Listen();

        // No check has run meanwhile: the gateway takes the host for unavailable, and asks it all the same.
        (await gateway.Client.GetStringAsync("/api/tokens")).ShouldBe("back");
    }

    [Fact]
    public async Task A_successful_check_brings_a_host_back()
    {
        await using var first = await Upstream.StartAsync("first");
        await using var second = new RawUpstream(exchange => exchange.AnswerAsync("200 OK", "second"));
        await using var gateway = await RunningGateway.StartAsync([first.Url, second.Url], Often);
        await gateway.DestinationIsAsync("api-2", "unavailable");

        second.Listen();
        await gateway.DestinationIsAsync("api-2", "available");

        var served = new HashSet<string>();
        for (var i = 0; i < 60; i++)
        {
            served.Add(await gateway.Client.GetStringAsync("/api/tokens"));
        }

        served.ShouldBe(["first", "second"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_host_that_drains_gets_no_more_requests_and_is_not_asked_twice()
    {
        await using var draining = await Upstream.StartAsync("draining");
        await using var staying = await Upstream.StartAsync("staying");
        draining.Readiness = StatusCodes.Status503ServiceUnavailable;
        await using var gateway = await RunningGateway.StartAsync([draining.Url, staying.Url], Often);
        await gateway.DestinationIsAsync("api-1", "unavailable");

        for (var i = 0; i < 20; i++)
        {
            (await gateway.Client.GetStringAsync("/api/tokens")).ShouldBe("staying");
        }

        draining.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Another_method_is_405_even_with_a_front_end(string path)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var frontend = await Upstream.StartAsync("frontend");
        await using var gateway = await RunningGateway.StartAsync(api.Url, ("FRONTEND_UPSTREAM", frontend.Url));

        using var response = await gateway.SendAsync(HttpMethod.Post, path);

        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        frontend.Requests.ShouldBeEmpty();
    }
}
