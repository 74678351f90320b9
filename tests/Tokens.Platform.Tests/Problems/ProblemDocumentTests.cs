using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Tests.Problems;

public sealed class ProblemDocumentTests
{
    private static readonly Problem Short = new(new ProblemKind(402, "too_little", "Too little"), "You have 50 and need 100.");

    [Fact]
    public async Task A_document_has_the_standard_members_and_those_that_old_clients_read()
    {
        var (context, body) = await WriteAsync("POST", Short.With("currentBalance", 50).With("errors", new { Field = "x" }));

        context.Response.StatusCode.ShouldBe(402);
        context.Response.ContentType.ShouldBe("application/problem+json");
        context.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
        body.EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "type", "title", "status", "detail", "instance", "success", "code", "error", "details", "message", "traceId", "timestamp",
            "currentBalance", "errors",
        ]);
        body.GetProperty("type").GetString().ShouldBe("urn:tokens:too_little");
        body.GetProperty("instance").GetString().ShouldBe("/api/things");
        body.GetProperty("error").GetString().ShouldBe("Too little");
        body.GetProperty("message").GetString().ShouldBe("You have 50 and need 100.");
        body.GetProperty("currentBalance").GetInt64().ShouldBe(50);
        body.GetProperty("errors").GetProperty("field").GetString().ShouldBe("x");
        context.Response.Headers.RetryAfter.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1_001, "2")]
    [InlineData(30_000, "30")]
    [InlineData(0, "1")]
    public async Task A_wait_is_told_in_whole_seconds_never_too_short(int milliseconds, string expected)
    {
        var (context, _) = await WriteAsync("GET", Short with { RetryAfter = TimeSpan.FromMilliseconds(milliseconds) });

        context.Response.Headers.RetryAfter.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_HEAD_gets_the_length_and_no_body()
    {
        var (context, body) = await WriteAsync("HEAD", Short);

        body.ValueKind.ShouldBe(JsonValueKind.Undefined);
        context.Response.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_request_without_a_path_has_an_instance_too()
    {
        var (_, body) = await WriteAsync("OPTIONS", Short, path: "");

        body.GetProperty("instance").GetString().ShouldBe("/");
    }

    [Theory]
    [InlineData(401, "unauthenticated")]
    [InlineData(404, "not_found")]
    [InlineData(418, "invalid_request")]
    [InlineData(500, "internal_error")]
    [InlineData(503, "overloaded")]
    [InlineData(599, "internal_error")]
    public void A_bare_status_has_a_kind_of_its_own_status(int status, string code)
    {
        var kind = ProblemKind.FromStatus(status);

        kind.Status.ShouldBe(status);
        kind.Code.ShouldBe(code);
    }

    [Fact]
    public void An_exception_carries_its_problem()
    {
        new ProblemException(Short).Problem.ShouldBe(Short);
        Should.Throw<ArgumentNullException>(() => new ProblemException(null!));
    }

    private static async Task<(HttpContext Context, JsonElement Body)> WriteAsync(string method, Problem problem, string path = "/api/things")
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = body;
        await problem.ExecuteAsync(context);
        return (context, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
    }
}
