using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Tokens.Host.Api.Documents;

/// <summary>Sends a document, or 304 to a client that has it.</summary>
internal static class DocumentAnswer
{
    // The server copies what it is given before it waits for a slow client: one piece would be a copy of the document for each of them.
    private const int PieceBytes = 16 * 1024;

    internal static async Task WriteAsync(HttpContext context, Document document)
    {
        var (request, response) = (context.Request, context.Response);
        var (encoding, encoded) = document.For(request.GetTypedHeaders().AcceptEncoding);
        response.GetTypedHeaders().ETag = encoded.Tag;
        if (document.IsCompressed)
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }

        if (Has(request.GetTypedHeaders().IfNoneMatch, encoded.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = document.ContentType;
        response.ContentLength = encoded.Bytes.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        for (var at = 0; at < encoded.Bytes.Length; at += PieceBytes)
        {
            await response.Body.WriteAsync(
                encoded.Bytes.AsMemory(at, Math.Min(PieceBytes, encoded.Bytes.Length - at)), context.RequestAborted);
        }
    }

    private static bool Has(IList<EntityTagHeaderValue> known, EntityTagHeaderValue tag) =>
        known.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(tag, useStrongComparison: false));
}
