using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>What a browser is told about the cookies, and what it may read across origins.</summary>
[Collection(OnSessionSqlite.Name)]
public sealed class SessionCookieTests(SqliteSessionProduct fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cookies_are_for_this_site_and_no_script(bool https)
    {
        using var browser = new Browser(fixture.Product.Gateway, https) { Bearer = SessionProduct.Token() };

        var session = Browser.SetCookies(await browser.PostAsync("/api/auth/session")).ShouldHaveSingleItem();
        browser.Bearer = null;
        var csrf = Browser.SetCookies(await browser.GetAsync("/api/csrf-token")).ShouldHaveSingleItem();

        var prefix = https ? "__Host-" : "";
        session.ShouldStartWith($"{prefix}tokens-session=");
        csrf.ShouldStartWith($"{prefix}tokens-csrf=");
        Attributes(session).Where(each => !each.StartsWith("expires=", StringComparison.Ordinal))
            .ShouldBe(["path=/", "samesite=lax", "httponly", .. https ? ["secure"] : Array.Empty<string>()], ignoreOrder: true);
        Attributes(csrf).ShouldBe(["path=/", "samesite=strict", "httponly", .. https ? ["secure"] : Array.Empty<string>()], ignoreOrder: true);
    }

    [Fact]
    public async Task A_session_over_https_works_whole()
    {
        using var session = await (await fixture.OpenAsync(https: true)).WithCsrfAsync();
        session.Cookies.Keys.ShouldAllBe(name => name.StartsWith("__Host-", StringComparison.Ordinal));

        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
        var end = await session.DeleteAsync("/api/auth/session");

        end.Status.ShouldBe(200, end.Text);
        session.Cookies.ShouldBeEmpty();
        Browser.SetCookies(end).ShouldAllBe(cookie => Attributes(cookie).Contains("secure") && Attributes(cookie).Contains("path=/"));
    }

    [Fact]
    public async Task A_cookie_without_the_prefix_is_nothing_over_https()
    {
        using var session = await fixture.OpenAsync(https: true);
        using var other = new Browser(fixture.Product.Gateway, https: true);
        other.Cookies["tokens-session"] = session.SessionCookie;

        (await other.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task The_front_end_may_use_sessions_across_origins_and_nobody_else()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = fixture.Product.Gateway };
        foreach (var (origin, allowed) in new[] { (SessionProduct.FrontEnd, true), ("https://evil.example.test", false) })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/auth/session");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "DELETE");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,x-csrf-token");
            MayUse(await Answer.ReadAsync(await client.SendAsync(preflight)), origin).ShouldBe(allowed);

            using var open = new HttpRequestMessage(HttpMethod.Post, "/api/auth/session");
            open.Headers.Add("Origin", origin);
            open.Headers.Add("Authorization", "Bearer " + SessionProduct.Token());
            MayUse(await Answer.ReadAsync(await client.SendAsync(open)), origin).ShouldBe(allowed);

            using var refused = new HttpRequestMessage(HttpMethod.Get, "/api/csrf-token");
            refused.Headers.Add("Origin", origin);
            var answer = await Answer.ReadAsync(await client.SendAsync(refused));
            answer.Status.ShouldBe(401);
            MayUse(answer, origin).ShouldBe(allowed);
        }
    }

    private static bool MayUse(Answer answer, string origin) =>
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == origin
        && answer.Headers.TryGetValues("Access-Control-Allow-Credentials", out var credentials) && credentials.Single() == "true";

    private static string[] Attributes(string cookie) => [.. cookie.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant())];
}
