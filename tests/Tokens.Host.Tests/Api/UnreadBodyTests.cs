using System.Text;
using Tokens.Host.Tests.Fuzz;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>
/// A host that is sent a body which it won't read answers and keeps the connection, on which a gateway sends somebody else's request next.
/// </summary>
[Collection(OnSqlite.Name)]
public sealed class UnreadBodyTests(SqliteProduct fixture)
{
    private const int Large = (1024 * 1024) + 1;
    private const int OneTooMany = (32 * 1024) + 1;

    [Theory]
    [InlineData("/api/tokens/tip", Large, false, 401)]
    [InlineData("/api/tokens/nowhere", Large, false, 401)]
    [InlineData("/api/tokens/tip", Large, true, 413)]
    [InlineData("/api/tokens/nowhere", Large, true, 404)]
    [InlineData("/api/tokens/balance", Large, true, 405)]
    [InlineData("/api/tokens/admin/members", Large, true, 405)]
    [InlineData("/dev/token", Large, false, 413)]
    [InlineData("/webhooks/stripe", Large, false, 413)]
    [InlineData("/api/tokens/tip", OneTooMany, true, 413)]
    [InlineData("/dev/token", OneTooMany, false, 413)]
    [InlineData("/health/live", OneTooMany, false, 401)]
    public Task A_body_that_is_refused_leaves_its_connection_usable(string path, int bytes, bool signedIn, int status) =>
        LeavesItsConnectionUsableAsync(path, bytes, signedIn, status);

    [Theory]
    [InlineData("/api/tokens/tip", OneTooMany - 1, false, 401)]
    [InlineData("/dev/token", 100, false, 400)]
    [InlineData("/webhooks/stripe", OneTooMany, false, 400)]
    public Task A_body_that_its_route_takes_does_so_too(string path, int bytes, bool signedIn, int status) =>
        LeavesItsConnectionUsableAsync(path, bytes, signedIn, status);

    private async Task LeavesItsConnectionUsableAsync(string path, int bytes, bool signedIn, int status)
    {
        using var member = await fixture.SignInAsync();
        using var client = new WireClient(fixture.Product.Api);
        var credential = signedIn ? $"Authorization: Bearer {member.Token}\r\n" : "";
        var head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{credential}Content-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n";
        var refused = new WireRequest(path, "POST", [.. Encoding.ASCII.GetBytes(head), .. new byte[bytes]], IsBelowHttp: false);
        var next = new WireRequest("Live", "GET", "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), IsBelowHttp: false);

        var answer = await client.SendAsync(refused, CancellationToken.None);

        answer.ShouldNotBeNull().Status.ShouldBe(status, answer.Text);
        answer.EndsConnection.ShouldBeFalse();
        (await client.SendAsync(next, CancellationToken.None)).ShouldNotBeNull().Status.ShouldBe(200);
    }
}
