using Microsoft.Extensions.Logging;
using Tokens.Host.Tests.Redaction;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>Nothing by which somebody could sign in, or forge a call, is logged, measured, told in an error or stored.</summary>
public sealed class SessionRedactionTests
{
    private const string Key = "a data protection key that must never be seen";

    [Fact]
    public async Task Cookies_and_tokens_stay_between_browser_and_product()
    {
        using var logs = new LogRecorder();
        using var tags = new TagRecorder();
        await using var storage = Storage.Sqlite();
        var token = SessionProduct.Token();
        string[] secrets;
        var errors = new List<string>();
        await using (var product = await RunningProduct.StartAsync(
            storage,
            new Dictionary<string, string?>(SessionProduct.SettingsOf())
            {
                ["DATA_PROTECTION_KEY"] = Key,
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:LogLevel:Yarp"] = "Trace",
                ["Logging:LogLevel:Yarp.ReverseProxy.Forwarder.HttpForwarder"] = "Trace",
            },
            builder => builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)))
        {
            using var session = await (await Browser.OpenAsync(product.Gateway, token)).WithCsrfAsync();
            secrets = [Key, token, session.CsrfToken!, session.SessionCookie, session.Cookies["tokens-csrf"], SessionProduct.Secret];
            await RefuseEachWayAsync(session, token, errors);
        }

        errors.Count.ShouldBe(5);
        logs.Lines.ShouldContain(line => line.Contains("session was successfully authenticated", StringComparison.Ordinal));
        var stored = await StoredText.OfAsync(storage);
        foreach (var secret in secrets)
        {
            logs.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
            tags.Tags.ShouldNotContain(tag => tag.Contains(secret, StringComparison.Ordinal));
            errors.ShouldNotContain(body => body.Contains(secret, StringComparison.Ordinal));
            stored.ShouldNotContain(secret, Case.Sensitive);
        }
    }

    private static async Task RefuseEachWayAsync(Browser session, string token, List<string> errors)
    {
        var (good, csrf) = (session.SessionCookie, session.CsrfToken);
        session.CsrfToken = csrf![..^3];
        errors.Add(RefusedWith(403, await session.PostAsync("/api/tokens/tip", new { })));
        session.CsrfToken = csrf;
        session.Cookies["tokens-session"] = good[..^3];
        errors.Add(RefusedWith(401, await session.PostAsync("/api/tokens/tip", new { })));
        session.Cookies["tokens-session"] = good;
        session.Bearer = token[..^3];
        errors.Add(RefusedWith(401, await session.GetAsync("/api/tokens/balance")));
        session.Bearer = null;
        (await session.DeleteAsync("/api/auth/session")).Status.ShouldBe(200);
        session.Cookies["tokens-session"] = good;
        errors.Add(RefusedWith(401, await session.GetAsync("/api/csrf-token")));
        errors.Add(RefusedWith(401, await session.DeleteAsync("/api/auth/session")));
    }

    private static string RefusedWith(int status, Answer answer)
    {
        answer.ShouldBeProblem(status, status == 403 ? "csrf_failed" : "unauthenticated");
        return answer.Text;
    }
}
