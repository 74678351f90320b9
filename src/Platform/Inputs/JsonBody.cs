using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Inputs;

/// <summary>The body of a request, parsed once: a JSON object, or the reason why it isn't one.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>For routes that take no body.</summary>
    internal static readonly JsonBody Empty = new();

    // A member given twice has two meanings, so it is refused rather than guessed at.
    internal static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    // Where neither the host nor the route says how large a body may be.
    private const int BytesMaxDefault = 32 * 1024;

    private readonly JsonDocument? _document;

    private JsonBody()
    {
    }

    private JsonBody(JsonDocument document) => _document = document;

    private JsonBody(Problem problem) => Problem = problem;

    internal JsonElement? Root => _document?.RootElement;

    internal Problem? Problem { get; }

    internal static async ValueTask<JsonBody> ReadAsync(HttpContext context, bool mayBeMissing)
    {
        var request = context.Request;
        if (mayBeMissing && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            return Empty;
        }

        if (!IsJson(request))
        {
            return new JsonBody(new Problem(ProblemKind.UnsupportedMediaType, "Send the body as application/json in UTF-8."));
        }

        try
        {
            var bytesMax = context.GetEndpoint()?.Metadata.GetMetadata<RequestSizeLimitMetadata>()?.BytesMax ?? BytesMaxDefault;
            if (await BodyBytes.ReadAsync(request, bytesMax, context.RequestAborted) is not { } bytes)
            {
                return new JsonBody(new Problem(ProblemKind.PayloadTooLarge, $"The body may have at most {bytesMax} bytes."));
            }

            var document = JsonDocument.Parse(WithoutMark(bytes), Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonBody(document);
            }

            document.Dispose();
            return Unreadable("The body must be a JSON object.");
        }
        catch (JsonException)
        {
            return Unreadable("The body must be valid JSON, with no member given twice and no more than 32 levels.");
        }
        catch (BadHttpRequestException refused)
        {
            return new JsonBody(new Problem(ProblemKind.FromStatus(refused.StatusCode), "The body could not be read."));
        }
        // Duplicate names are compared unescaped, which fails on half a surrogate pair.
        catch (InvalidOperationException)
        {
            return Unreadable("The body holds text that is not valid Unicode.");
        }
    }

    public void Dispose() => _document?.Dispose();

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static JsonBody Unreadable(string detail) => new(new Problem(ProblemKind.InvalidRequest, detail));

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0
            || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return false;
        }

        var utf8 = type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
        return utf8 && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
    }
}
