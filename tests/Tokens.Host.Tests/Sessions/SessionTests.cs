using System.Globalization;
using Tokens.Host.Tests.Running;
using Tokens.Testing;

namespace Tokens.Host.Tests.Sessions;

public abstract class SessionTests(SessionProduct fixture)
{
    private const string Path = "/api/auth/session";

    [Fact]
    public async Task A_session_signs_its_member_in_and_buys_and_tips()
    {
        using var creator = await fixture.SignInAsync(isCreator: true);
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();

        var bought = await session.PostAsync("/api/tokens/purchase", new { tokenAmount = 200, paymentMethodId = "pm_card_visa" });
        bought.Status.ShouldBe(200, bought.Text);
        var tipped = await session.PostAsync("/api/tokens/tip", new { creatorId = creator.Id, amountTokens = 70 });
        tipped.Status.ShouldBe(200, tipped.Text);

        (await session.BalanceAsync()).ShouldBe(130);
        (await creator.BalanceAsync()).ShouldBe(70);
    }

    [Fact]
    public async Task The_answer_says_until_when_and_the_token_says_so_too()
    {
        var end = Jwt.SecondsFromNow(1_800);
        using var browser = new Browser(fixture.Product.Gateway)
        {
            Bearer = SessionProduct.TokenOf(new(Jwt.Claims()) { ["exp"] = end }),
        };

        var answer = await browser.PostAsync(Path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("expiresAt").GetDateTimeOffset().ToUnixTimeSeconds().ShouldBe(end);
        answer.Json.GetProperty("timestamp").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cookie = Browser.SetCookies(answer).ShouldHaveSingleItem();
        var expires = cookie.Split("; ").Single(part => part.StartsWith("expires=", StringComparison.OrdinalIgnoreCase))["expires=".Length..];
        DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture).ToUnixTimeSeconds().ShouldBe(end);
    }

    [Fact]
    public async Task A_session_ends_when_its_token_does_and_use_does_not_prolong_it()
    {
        var end = Jwt.SecondsFromNow(4);
        using var session = await fixture.OpenAsync(SessionProduct.TokenOf(new(Jwt.Claims()) { ["exp"] = end }));
        using var stream = await session.StreamAsync();
        (await stream.ReadLineAsync()).ShouldBe("event: balance_updated");

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var answer = await session.GetAsync("/api/tokens/balance");
                Browser.SetCookies(answer).ShouldBeEmpty("the session slides");
                return answer.Status == 401;
            },
            TimeSpan.FromSeconds(30),
            "the session has ended");

        Jwt.SecondsFromNow(0).ShouldBeGreaterThanOrEqualTo(end);
        (await RestOfAsync(stream)).ShouldContain("event: expired");
        (await session.GetAsync("/api/csrf-token")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_that_has_just_expired_opens_nothing()
    {
        // Within the seconds by which clocks may differ it is still believed as a bearer token.
        using var browser = new Browser(fixture.Product.Gateway)
        {
            Bearer = SessionProduct.TokenOf(new(Jwt.Claims()) { ["exp"] = Jwt.SecondsFromNow(-1) }),
        };

        var answer = await browser.PostAsync(Path);

        answer.ShouldBeProblem(401, "unauthenticated");
        Browser.SetCookies(answer).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_a_bearer_token_opens_a_session()
    {
        using var stranger = new Browser(fixture.Product.Gateway);
        (await stranger.PostAsync(Path)).ShouldBeProblem(401, "unauthenticated");

        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        (await session.PostAsync(Path)).ShouldBeProblem(401, "unauthenticated");
        session.CsrfToken = null;
        (await session.PostAsync(Path)).ShouldBeProblem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Bearer ")]
    public async Task A_bad_token_beside_a_good_cookie_is_refused(string authorization)
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        session.Bearer = authorization;

        (await session.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(401, "unauthenticated");
        (await session.GetAsync("/api/csrf-token")).ShouldBeProblem(401, "unauthenticated");
        (await session.DeleteAsync(Path)).ShouldBeProblem(401, "unauthenticated");
        session.Bearer = null;
        (await session.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_good_token_wins_over_the_cookie()
    {
        using var rich = await fixture.SignInWithAsync(100);
        using var session = await fixture.OpenAsync();
        session.Bearer = rich.Token;

        (await session.BalanceAsync()).ShouldBe(100);
    }

    [Fact]
    public async Task A_CSRF_token_asked_for_with_both_is_the_cookies()
    {
        using var session = await fixture.OpenAsync();
        session.Bearer = SessionProduct.Token();
        await session.WithCsrfAsync();
        session.Bearer = null;

        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task A_CSRF_token_asked_for_without_a_session_serves_none()
    {
        var token = SessionProduct.Token();
        using var browser = new Browser(fixture.Product.Gateway);
        (await browser.GetAsync("/api/csrf-token")).ShouldBeProblem(401, "unauthenticated");
        browser.Bearer = token;
        await browser.WithCsrfAsync();
        (await browser.PostAsync(Path)).Status.ShouldBe(200);
        browser.Bearer = null;

        (await browser.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(403, "csrf_failed");
        (await (await browser.WithCsrfAsync()).PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
    }

    [Fact]
    public async Task Roles_are_those_of_the_token()
    {
        using var plain = await fixture.OpenAsync();
        using var admin = await fixture.OpenAsync(SessionProduct.TokenOf(
            new(Jwt.Claims()) { ["app_metadata"] = new { provider = "email", roles = new[] { "editor", "tokens-admin" } } }));
        using var pretender = await fixture.OpenAsync(SessionProduct.TokenOf(
            new(Jwt.Claims()) { ["user_metadata"] = new { roles = new[] { "tokens-admin" } } }));

        (await admin.GetAsync("/api/tokens/admin/ledger/verify")).Status.ShouldBe(200);
        (await plain.GetAsync("/api/tokens/admin/ledger/verify")).ShouldBeProblem(403, "forbidden");
        (await pretender.GetAsync("/api/tokens/admin/ledger/verify")).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task What_others_keep_in_a_token_does_not_make_the_cookie_grow()
    {
        var claims = new Dictionary<string, object?>(Jwt.Claims())
        {
            ["user_metadata"] = new { display_name = new string('n', 5_000), biography = new string('b', 10_000) },
            ["email"] = "fan@example.test",
        };

        using var session = await fixture.OpenAsync(SessionProduct.TokenOf(claims));

        session.SessionCookie.Length.ShouldBeLessThan(2_000);
        (await session.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task More_roles_than_a_cookie_holds_are_refused_and_work_as_a_bearer_token()
    {
        var roles = Enumerable.Range(0, 400).Select(number => $"a-role-of-some-length-{number}");
        using var browser = new Browser(fixture.Product.Gateway)
        {
            Bearer = SessionProduct.TokenOf(new(Jwt.Claims()) { ["app_metadata"] = new { roles } }),
        };

        var answer = await browser.PostAsync(Path);

        answer.ShouldBeProblem(400, "invalid_request");
        Browser.SetCookies(answer).ShouldBeEmpty();
        (await browser.BalanceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_session_is_ended_once_and_its_cookies_go()
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        var (cookies, csrf) = (new Dictionary<string, string>(session.Cookies), session.CsrfToken);

        session.CsrfToken = null;
        (await session.DeleteAsync(Path)).ShouldBeProblem(403, "csrf_failed");
        session.CsrfToken = csrf;
        var answer = await session.DeleteAsync(Path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        session.Cookies.ShouldBeEmpty();
        Browser.SetCookies(answer).Count.ShouldBe(2);
        Browser.SetCookies(answer).ShouldAllBe(cookie => cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase));

        // Whoever kept the cookies has nothing.
        foreach (var (name, value) in cookies)
        {
            session.Cookies[name] = value;
        }

        (await session.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
        (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(401, "unauthenticated");
        (await session.GetAsync("/api/csrf-token")).ShouldBeProblem(401, "unauthenticated");
        (await session.DeleteAsync(Path)).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Ending_needs_a_session()
    {
        using var browser = new Browser(fixture.Product.Gateway);
        (await browser.DeleteAsync(Path)).ShouldBeProblem(401, "unauthenticated");
        browser.Bearer = SessionProduct.Token();
        (await browser.DeleteAsync(Path)).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Ending_one_session_leaves_the_members_others_and_the_token()
    {
        var token = SessionProduct.Token();
        using var first = await fixture.OpenAsync(token);
        using var second = await fixture.OpenAsync(token);
        first.Bearer = token;

        (await first.DeleteAsync(Path)).Status.ShouldBe(200, "a bearer call needs no CSRF token");

        (await second.BalanceAsync()).ShouldBe(0);
        (await first.BalanceAsync()).ShouldBe(0);
        second.SessionCookie.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_live_balance_ends_with_its_session()
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        using var stream = await session.StreamAsync();
        (await stream.ReadLineAsync()).ShouldBe("event: balance_updated");

        (await session.DeleteAsync(Path)).Status.ShouldBe(200);

        (await RestOfAsync(stream)).ShouldContain("event: expired");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("CfDJ8")]
    [InlineData("%00%ff")]
    public async Task A_cookie_that_is_no_session_signs_nobody_in(string value)
    {
        using var browser = new Browser(fixture.Product.Gateway);
        browser.Cookies["tokens-session"] = value;

        (await browser.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_changed_cookie_signs_nobody_in()
    {
        using var session = await (await fixture.OpenAsync()).WithCsrfAsync();
        var good = session.SessionCookie;

        foreach (var at in new[] { 5, good.Length / 3, good.Length / 2, good.Length - 10 })
        {
            session.Cookies["tokens-session"] = string.Concat(good.AsSpan(0, at), good[at] == 'A' ? "B" : "A", good.AsSpan(at + 1));
            var answer = await session.GetAsync("/api/tokens/balance");
            answer.ShouldBeProblem(401, "unauthenticated");
            answer.Headers.WwwAuthenticate.ShouldContain(challenge => challenge.Scheme == "Bearer");
            (await session.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(401, "unauthenticated");
        }

        session.Cookies["tokens-session"] = session.Cookies["tokens-csrf"];
        (await session.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
    }

    // A heartbeat of 15 s, and then some on a busy machine.
    private static async Task<string> RestOfAsync(StreamReader stream) => await stream.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
}

[Collection(OnSessionSqlite.Name)]
public sealed class SessionOnSqliteTests(SqliteSessionProduct product) : SessionTests(product);

[Collection(OnSessionPostgres.Name)]
public sealed class SessionOnPostgresTests(PostgresSessionProduct product) : SessionTests(product);
