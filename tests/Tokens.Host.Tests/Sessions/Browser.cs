using System.Net.Http.Headers;
using System.Net.Http.Json;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>Keeps and sends cookies as a browser does, and lets a test look at them and change them.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    internal Browser(Uri gateway, bool https = false)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        if (https)
        {
            // As the balancer says that ends TLS before the gateway.
            _client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        }
    }

    internal Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Sent as <c>Authorization: Bearer</c> where it is set.</summary>
    internal string? Bearer { get; set; }

    /// <summary>Sent as <c>X-CSRF-Token</c> where it is set.</summary>
    internal string? CsrfToken { get; set; }

    internal string SessionCookie => Cookies.Single(cookie => cookie.Key.EndsWith("tokens-session", StringComparison.Ordinal)).Value;

    /// <summary>Opens a session, and forgets the token that opened it.</summary>
    internal static async Task<Browser> OpenAsync(Uri gateway, string token, bool https = false)
    {
        var browser = new Browser(gateway, https) { Bearer = token };
        var answer = await browser.PostAsync("/api/auth/session");
        answer.Status.ShouldBe(200, answer.Text);
        browser.Bearer = null;
        return browser;
    }

    /// <summary>The same browser at another host.</summary>
    internal Browser At(Uri gateway)
    {
        var browser = new Browser(gateway) { CsrfToken = CsrfToken };
        foreach (var (name, value) in Cookies)
        {
            browser.Cookies[name] = value;
        }

        return browser;
    }

    /// <summary>Gets the session's CSRF token, to be sent from now on.</summary>
    internal async Task<Browser> WithCsrfAsync()
    {
        var answer = await GetAsync("/api/csrf-token");
        answer.Status.ShouldBe(200, answer.Text);
        CsrfToken = answer.Json.GetProperty("csrfToken").GetString();
        return this;
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    internal Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    internal async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = Request(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        var response = await _client.SendAsync(request);
        Keep(response.Headers);
        return await Answer.ReadAsync(response);
    }

    /// <summary>The live balance, as it comes.</summary>
    internal async Task<StreamReader> StreamAsync()
    {
        using var request = Request(HttpMethod.Get, "/api/tokens/balance/stream");
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    internal async Task<long> BalanceAsync()
    {
        var answer = await GetAsync("/api/tokens/balance");
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json.GetProperty("balance").GetInt64();
    }

    public void Dispose() => _client.Dispose();

    internal static IReadOnlyList<string> SetCookies(Answer answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values] : [];

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (Bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Bearer.Contains(' ', StringComparison.Ordinal) ? Bearer : "Bearer " + Bearer);
        }

        if (CsrfToken is not null)
        {
            request.Headers.Add("X-CSRF-Token", CsrfToken);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        return request;
    }

    private void Keep(HttpResponseHeaders headers)
    {
        foreach (var cookie in headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) switch { var pair => (pair[0], pair[1]) };
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
    }
}
