using System.Net.Http.Headers;
using System.Text.Json;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, string Text, JsonElement Json)
{
    internal JsonElement Error => Json.GetProperty("error");

    internal string? ErrorCode => Error.TryGetProperty("code", out var code) ? code.GetString() : null;

    internal string? Param => Error.TryGetProperty("param", out var param) ? param.GetString() : null;

    internal bool Replayed => Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";

    internal JsonElement this[string name] => Json.GetProperty(name);

    internal string? String(params ReadOnlySpan<string> path)
    {
        var element = Json;
        foreach (var name in path)
        {
            element = element.GetProperty(name);
        }

        return element.GetString();
    }

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        using var json = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return new Answer((int)response.StatusCode, response.Headers, text, json.RootElement.Clone());
    }

    internal void ShouldBeRefused(int status, string? code, string? param)
    {
        Status.ShouldBe(status, Text);
        Error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        Error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        ErrorCode.ShouldBe(code);
        Param.ShouldBe(param);
    }
}
