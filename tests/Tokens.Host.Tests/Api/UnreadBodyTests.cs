using System.Text;
using Tokens.Host.Tests.Fuzz;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>An API host that won't read a body ends the connection, and says so first.</summary>
[Collection(OnSqlite.Name)]
public sealed class UnreadBodyTests(SqliteProduct fixture)
{
    private const int TooMany = (32 * 1024) + 1;

    [Theory]
    [InlineData("/api/tokens/tip", TooMany, 401)]
    [InlineData("/api/tokens/nowhere", TooMany, 401)]
    [InlineData("/health/live", TooMany, 401)]
    [InlineData("/api/tokens/admin/members", TooMany, 401)]
    [InlineData("/dev/token", TooMany, 413)]
    public async Task Whatever_is_answered_to_a_body_that_is_too_large_ends_the_connection(string path, int bytes, int status)
    {
        var answer = await PostAsync(path, bytes);

        answer.Status.ShouldBe(status);
        answer.EndsConnection.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/tokens/tip", 32 * 1024, 401)]
    [InlineData("/dev/token", 100, 400)]
    [InlineData("/webhooks/stripe", TooMany, 400)]
    public async Task A_body_that_its_route_takes_ends_nothing(string path, int bytes, int status)
    {
        var answer = await PostAsync(path, bytes);

        answer.Status.ShouldBe(status);
        answer.EndsConnection.ShouldBeFalse();
    }

    private async Task<WireAnswer> PostAsync(string path, int bytes)
    {
        using var client = new WireClient(fixture.Product.Api);
        var head = $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n";
        return (await client.SendAsync(
            new WireRequest(path, "POST", [.. Encoding.ASCII.GetBytes(head), .. new byte[bytes]], IsBelowHttp: false), CancellationToken.None))!;
    }
}
