using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Host.Tests.Running;

namespace Tokens.Host.Tests.Sessions;

public abstract class CsrfTests(SessionProduct fixture)
{
    // Its session is made of the bearer token, so a cookie doesn't sign it in at all.
    private const string ByBearerAlone = "POST /api/auth/session";

    [Fact]
    public async Task No_route_that_may_change_something_takes_a_session_without_its_own_CSRF_token()
    {
        var member = Guid.NewGuid();
        using var session = await fixture.OpenAsync(SessionProduct.Token(member));
        using var secondOfMember = await (await fixture.OpenAsync(SessionProduct.Token(member))).WithCsrfAsync();
        using var ofAnother = await (await fixture.OpenAsync()).WithCsrfAsync();
        using var ended = await (await fixture.OpenAsync(SessionProduct.Token(member))).WithCsrfAsync();
        (await ended.DeleteAsync("/api/auth/session")).Status.ShouldBe(200);
        await session.WithCsrfAsync();
        var own = session.CsrfToken!;
        var routes = UnsafeRoutes();
        routes.Count.ShouldBeGreaterThan(8);

        foreach (var (method, path) in routes)
        {
            foreach (var wrong in new[] { null, "", "x", own[..^1], secondOfMember.CsrfToken, ofAnother.CsrfToken, ended.CsrfToken })
            {
                session.CsrfToken = wrong;
                var refused = await session.SendAsync(method, path);
                refused.ShouldBeProblem(403, "csrf_failed");
                refused.Title.ShouldBe("CSRF token missing or invalid", $"{method} {path}");
            }

            using var fresh = await (await fixture.OpenAsync()).WithCsrfAsync();
            var passed = await fresh.SendAsync(method, path);
            passed.Text.ShouldNotContain("csrf_failed", Case.Sensitive, $"{method} {path}");
        }
    }

    [Fact]
    public async Task A_token_is_refused_even_beside_the_cookie_that_it_was_made_with()
    {
        var member = Guid.NewGuid();
        using var session = await (await fixture.OpenAsync(SessionProduct.Token(member))).WithCsrfAsync();
        using var other = await (await fixture.OpenAsync(SessionProduct.Token(member))).WithCsrfAsync();

        session.CsrfToken = other.CsrfToken;
        session.Cookies["tokens-csrf"] = other.Cookies["tokens-csrf"];

        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(403, "csrf_failed");
    }

    [Fact]
    public async Task A_token_is_nothing_without_its_cookie()
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();

        session.Cookies.Remove("tokens-csrf");

        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(403, "csrf_failed");
    }

    [Fact]
    public async Task A_form_cannot_carry_the_token()
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = fixture.Product.Gateway };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens/tip")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", session.CsrfToken!)]),
        };
        request.Headers.Add("Cookie", string.Join("; ", session.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));

        (await Testing.Products.Answer.ReadAsync(await client.SendAsync(request))).ShouldBeProblem(403, "csrf_failed");
    }

    [Theory]
    [InlineData("POST", "/api/tokens/nothing-here")]
    [InlineData("POST", "/api/tokens/balance")]
    public async Task An_address_without_a_route_is_guarded_too(string method, string path)
    {
        using var session = await fixture.OpenAsync();

        (await session.SendAsync(new HttpMethod(method), path)).ShouldBeProblem(403, "csrf_failed");
    }

    [Fact]
    public async Task Open_routes_and_bearer_calls_need_no_token()
    {
        using var session = await fixture.OpenAsync();

        (await session.PostAsync("/webhooks/stripe", new { })).Code.ShouldBe("invalid_request");
        (await session.PostAsync("/dev/token", new { })).Status.ShouldBe(200);
        session.Bearer = SessionProduct.Token();
        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task A_forged_call_changes_nothing()
    {
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var fan = await fixture.SignInWithAsync(100);
        using var session = await fixture.OpenAsync(fan.Token);

        (await session.PostAsync("/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 10 })).ShouldBeProblem(403, "csrf_failed");

        (await fan.BalanceAsync()).ShouldBe(100);
    }

    private List<(HttpMethod Method, string Path)> UnsafeRoutes() =>
    [
        .. from route in fixture.Product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where route.Metadata.GetMetadata<IAllowAnonymous>() is null
           from method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
           where method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")
           let path = PathOf(route)
           where $"{method} {path}" != ByBearerAlone
           select (new HttpMethod(method), path),
    ];

    private static string PathOf(RouteEndpoint route) => string.Concat(route.RoutePattern.PathSegments.Select(segment =>
        "/" + string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : Guid.NewGuid().ToString()))));
}

[Collection(OnSessionSqlite.Name)]
public sealed class CsrfOnSqliteTests(SqliteSessionProduct product) : CsrfTests(product);

[Collection(OnSessionPostgres.Name)]
public sealed class CsrfOnPostgresTests(PostgresSessionProduct product) : CsrfTests(product);
