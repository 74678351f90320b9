using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Platform.Time;

namespace Tokens.Platform.Problems;

/// <summary>
/// The one place that makes an error body: <c>application/problem+json</c> (RFC 9457) with the members that the front ends read
/// (<c>success</c>, <c>error</c>, <c>message</c>, <c>details</c>) beside the standard ones.
/// </summary>
public static class ProblemDocument
{
    /// <summary>Media type of an error body.</summary>
    public const string ContentType = "application/problem+json";

    // The body is JSON and never part of a page, so quotes and emoji need no escapes.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers the request with <paramref name="problem"/>, and logs it; the response must not have started.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(problem);

        var response = context.Response;
        ProblemLog.Write(context, problem);
        response.StatusCode = problem.Kind.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var body = new ArrayBufferWriter<byte>(512);
        Write(body, context, problem);
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        }
    }

    private static void Write(ArrayBufferWriter<byte> body, HttpContext context, Problem problem)
    {
        var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        using var json = new Utf8JsonWriter(body, Readable);
        json.WriteStartObject();
        json.WriteString("type", "urn:tokens:" + problem.Kind.Code);
        json.WriteString("title", problem.Kind.Title);
        json.WriteNumber("status", problem.Kind.Status);
        json.WriteString("detail", problem.Detail);
        // OPTIONS * and CONNECT have no path.
        json.WriteString("instance", context.Request.Path is { HasValue: true } path ? path.Value : "/");
        json.WriteBoolean("success", value: false);
        json.WriteString("code", problem.Kind.Code);
        json.WriteString("error", problem.Kind.Title);
        json.WriteString("details", problem.Detail);
        json.WriteString("message", problem.Detail);
        json.WriteString("traceId", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        json.WriteString("timestamp", time.UtcNow());
        foreach (var (name, value) in problem.Members)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, JsonSerializerOptions.Web);
        }

        json.WriteEndObject();
    }
}
