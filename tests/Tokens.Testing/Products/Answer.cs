using System.Net.Http.Headers;
using System.Text.Json;

namespace Tokens.Testing.Products;

/// <summary>A response, read whole.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">The response's headers.</param>
/// <param name="ContentType">Media type of the body; null without one.</param>
/// <param name="Text">The body.</param>
public sealed record Answer(int Status, HttpResponseHeaders Headers, string? ContentType, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The problem's code.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    /// <summary>The problem's title.</summary>
    public string? Title => Json.GetProperty("title").GetString();

    /// <summary>Whether the answer was given before, to the same key.</summary>
    public bool IsReplay => Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";

    /// <summary>Reads a response to its end.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, text);
        }
    }
}
