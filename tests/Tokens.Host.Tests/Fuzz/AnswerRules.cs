using System.Globalization;
using System.Text.Json;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>What holds of every answer, whatever was asked.</summary>
internal static class AnswerRules
{
    private const string Problem = "application/problem+json";

    // Kestrel's own, before there is a request; all without a body.
    private static readonly int[] Bare = [400, 408, 411, 413, 414, 431, 505];

    private static readonly string[] Inside = ["Exception", "   at ", "Npgsql", "Sqlite", "SELECT ", "Password", "/src/", "Tokens.Host"];

    private static readonly string[] Texts = ["type", "title", "detail", "instance", "code", "error", "details", "message", "traceId", "timestamp"];

    /// <summary>The first rule that the answer breaks; null when it breaks none.</summary>
    internal static string? Broken(WireRequest request, WireAnswer? answer)
    {
        if (answer is null)
        {
            return request.IsBelowHttp ? null : "no answer";
        }

        if (answer.Header("server") is not null)
        {
            return "names the server";
        }

        if (request.IsBelowHttp && Bare.Contains(answer.Status) && answer.Header("content-type") is null)
        {
            return answer.Body.Length == 0 ? null : "a bare status with a body";
        }

        if (answer.Status >= 500)
        {
            return $"a {answer.Status}";
        }

        if (answer.Header("cache-control") is not { } cache || !cache.Contains("no-store", StringComparison.Ordinal))
        {
            return "may be stored";
        }

        if (answer.Header("x-content-type-options") != "nosniff" || answer.Header("x-frame-options") != "DENY")
        {
            return "lacks what browsers must be told";
        }

        return answer.Status < 400 ? null : OfError(request, answer);
    }

    private static string? OfError(WireRequest request, WireAnswer answer)
    {
        if (answer.Header("content-type") != Problem)
        {
            return $"a {answer.Status} that is {answer.Header("content-type") ?? "nothing"}";
        }

        if (request.Method == "HEAD")
        {
            return answer.Body.Length == 0 ? null : "a HEAD with a body";
        }

        if (answer.Status == 405 && answer.Header("allow") is null)
        {
            return "a 405 without Allow";
        }

        if (Array.Find(Inside, word => answer.Text.Contains(word, StringComparison.Ordinal)) is { } word)
        {
            return $"shows '{word}'";
        }

        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(answer.Body);
            return Shape(problem, answer.Status);
        }
        catch (JsonException fault)
        {
            return $"no JSON: {fault.Message}";
        }
    }

    private static string? Shape(JsonElement problem, int status)
    {
        foreach (var name in Texts)
        {
            if (!problem.TryGetProperty(name, out var text) || text.ValueKind != JsonValueKind.String || text.GetString() is not { Length: > 0 })
            {
                return $"a problem without {name}";
            }
        }

        var code = problem.GetProperty("code").GetString();
        return problem.GetProperty("status").GetInt32() != status ? "another status inside"
            : problem.GetProperty("success").ValueKind != JsonValueKind.False ? "a success"
            : problem.GetProperty("type").GetString() != "urn:tokens:" + code ? "another type than code"
            : problem.GetProperty("error").GetString() != problem.GetProperty("title").GetString() ? "another error than title"
            : problem.GetProperty("message").GetString() != problem.GetProperty("detail").GetString() ? "another message than detail"
            : problem.GetProperty("details").GetString() != problem.GetProperty("detail").GetString() ? "other details than detail"
            : DateTimeOffset.Parse(problem.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture).Offset != TimeSpan.Zero ? "a local time"
            : code == "validation_failed" && !problem.TryGetProperty("errors", out _) ? "a fault without its fields"
            : null;
    }
}
