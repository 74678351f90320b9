using System.Text.Json;
using Tokens.Gateway.Tests.Parts;

namespace Tokens.Gateway.Tests;

public sealed class RepeatedHeaderTests
{
    [Theory]
    [InlineData("Idempotency-Key", "a", "b")]
    [InlineData("Idempotency-Key", "a", "a")]
    [InlineData("Authorization", "Bearer a", "Bearer b")]
    [InlineData("Content-Type", "application/json", "application/json")]
    public async Task A_header_that_may_stand_once_and_stands_twice_is_400_and_named(string name, string first, string second)
    {
        await using var api = await Upstream.StartAsync("api");
        await using var gateway = await RunningGateway.StartAsync(api.Url);

        using var answer = await RawClient.SendAsync(gateway.Address, Request("/api/tokens/tip", name, first, second));

        answer.Text.ShouldStartWith("HTTP/1.1 400");
        using var problem = JsonDocument.Parse(answer.Text[answer.Text.IndexOf('{', StringComparison.Ordinal)..]);
        problem.RootElement.GetProperty("code").GetString().ShouldBe("validation_failed");
        problem.RootElement.GetProperty("errors").GetProperty(name)[0].GetString().ShouldBe($"Send {name} once.");
        api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_each_passes_and_the_legacy_application_has_rules_of_its_own()
    {
        await using var host = await Upstream.StartAsync("host");
        await using var gateway = await RunningGateway.StartAsync(host.Url, ("LEGACY_API_URL", host.Url));

        using var once = await RawClient.SendAsync(gateway.Address, Request("/api/tokens/tip", "Idempotency-Key", "a, b"));
        using var legacy = await RawClient.SendAsync(gateway.Address, Request("/api/users", "Idempotency-Key", "a", "b"));

        once.Text.ShouldStartWith("HTTP/1.1 200");
        legacy.Text.ShouldStartWith("HTTP/1.1 200");
    }

    private static string Request(string path, string name, params string[] values) =>
        $"POST {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n"
        + string.Concat(values.Select(value => $"{name}: {value}\r\n")) + "\r\n{}";
}
