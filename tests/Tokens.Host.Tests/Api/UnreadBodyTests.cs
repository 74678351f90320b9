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
    private const int Large = 1024 * 1024;

    [Theory]
    [InlineData("/api/tokens/tip", false, 401)]
    [InlineData("/api/tokens/nowhere", false, 401)]
    [InlineData("/api/tokens/tip", true, 413)]
    [InlineData("/api/tokens/nowhere", true, 404)]
    [InlineData("/api/tokens/balance", true, 405)]
    [InlineData("/api/tokens/admin/members", true, 405)]
    [InlineData("/dev/token", false, 413)]
    [InlineData("/webhooks/stripe", false, 413)]
    public async Task A_body_that_is_refused_leaves_its_connection_usable(string path, bool signedIn, int status)
    {
        using var member = await fixture.SignInAsync();
        using var client = new WireClient(fixture.Product.Api);
        var credential = signedIn ? $"Authorization: Bearer {member.Token}\r\n" : "";
        var head = $"POST {path} HTTP/1.1\r\nHost: a\r\n{credential}Content-Type: application/json\r\nContent-Length: {Large + 1}\r\n\r\n";
        var refused = new WireRequest(path, "POST", [.. Encoding.ASCII.GetBytes(head), .. new byte[Large + 1]], IsBelowHttp: false);
        var next = new WireRequest("Live", "GET", "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), IsBelowHttp: false);

        var answer = await client.SendAsync(refused, CancellationToken.None);

        answer.ShouldNotBeNull().Status.ShouldBe(status, answer.Text);
        answer.EndsConnection.ShouldBeFalse();
        (await client.SendAsync(next, CancellationToken.None)).ShouldNotBeNull().Status.ShouldBe(200);
    }
}
