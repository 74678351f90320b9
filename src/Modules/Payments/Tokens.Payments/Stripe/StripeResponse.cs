using System.Net;
using System.Net.Http.Headers;

namespace Stripe;

/// <summary>An answer as it came over the wire.</summary>
internal sealed class StripeResponse(HttpStatusCode statusCode, HttpResponseHeaders headers, string content)
{
    public HttpStatusCode StatusCode { get; } = statusCode;

    public HttpResponseHeaders Headers { get; } = headers;

    public string Content { get; } = content;

    /// <summary>Stripe's name for the request, which its support asks for.</summary>
    public string? RequestId => Headers.TryGetValues("Request-Id", out var values) ? values.FirstOrDefault() : null;
}
