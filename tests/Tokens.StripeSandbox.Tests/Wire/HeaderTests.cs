using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Wire;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("PUT", "/v1/payment_intents")]
    [InlineData("DELETE", "/v1/payment_intents/pi_1")]
    [InlineData("POST", "/")]
    [InlineData("GET", "/v1/file.json")]
    public async Task An_unknown_url_is_unrecognized(string method, string path)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var unknown = await sandbox.Caller.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        unknown.ShouldBeRefused(404, null, null);
        unknown.String("error", "message")!.ShouldStartWith($"Unrecognized request URL ({method}: {path}).");
    }

    [Fact]
    public async Task Every_response_has_a_request_id_and_a_version_and_no_server()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in new[] { StripeCaller.Intents, "/v1/nothing", "/sandbox/charges", StripeCaller.Intents + "/pi_1" })
        {
            var answer = await sandbox.Caller.GetAsync(path);
            ids.Add(answer.Headers.GetValues("Request-Id").Single());
            answer.Headers.GetValues("Stripe-Version").Single().ShouldNotBeEmpty();
            answer.Headers.Contains("Server").ShouldBeFalse();
        }

        ids.Count.ShouldBe(4);
        ids.ShouldAllBe(id => id.StartsWith("req_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2024-06-20")]
    [InlineData("2025-10-29.clover")]
    [InlineData("2025-10-29.preview; some_beta=v1")]
    public async Task The_version_asked_for_is_echoed(string version)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, StripeCaller.Intents);
        request.Headers.Add("Stripe-Version", version);
        (await sandbox.Caller.SendAsync(request)).Headers.GetValues("Stripe-Version").ShouldBe([version]);
    }

    [Fact]
    public async Task A_version_that_is_none_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, StripeCaller.Intents);
        request.Headers.Add("Stripe-Version", "latest");
        (await sandbox.Caller.SendAsync(request)).ShouldBeRefused(400, null, null);
    }

    [Fact]
    public void Beyond_loopback_it_is_not_built()
    {
        var settings = RunningSandbox.Settings("unused") with { Urls = ["http://127.0.0.1:0", "http://0.0.0.0:0"] };
        Should.Throw<ArgumentException>(() => SandboxApp.Build(WebApplication.CreateSlimBuilder(), settings))
            .Message.ShouldContain("0.0.0.0");
    }

    [Theory]
    [InlineData("MaxPageSize", "101")]
    [InlineData("IdempotencyKeyHours", "23")]
    [InlineData("MaxBodyBytes", "0")]
    public async Task A_limit_out_of_range_stops_the_start(string option, string value)
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(
            () => RunningSandbox.StartAsync(($"StripeSandbox:{option}", value)));
        refused.Message.ShouldContain(option);
    }
}
