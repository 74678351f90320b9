using System.Net.Http.Headers;
using System.Text;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>Asks for pages as a browser does, but follows no redirect.</summary>
internal sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    internal Task<Page> GetAsync(string path) => ReadAsync(http.GetAsync(path));

    internal Task<Page> SubmitAsync(string path, string form) =>
        ReadAsync(http.PostAsync(path, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded")));

    public void Dispose() => http.Dispose();

    private static async Task<Page> ReadAsync(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        return new Page(
            (int)response.StatusCode,
            response.Headers,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync());
    }
}

/// <summary>A page, read whole.</summary>
internal sealed record Page(int Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    /// <summary>As it was written.</summary>
    internal string? Location => Headers.TryGetValues("Location", out var values) ? values.Single() : null;
}
