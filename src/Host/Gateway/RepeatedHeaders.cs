using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>
/// Refuses a request to the API in which a header that may stand once stands twice: the proxy would send both as one value, and the API,
/// which refuses them too, could not see it.
/// </summary>
internal sealed class RepeatedHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var repeated = headers.Authorization.Count > 1 ? "Authorization"
            : headers.ContentType.Count > 1 ? "Content-Type"
            : headers[IdempotencyKey.Header].Count > 1 ? IdempotencyKey.Header
            : null;
        return repeated is null ? next(context) : ProblemDocument.WriteAsync(context, GatewayProblems.RepeatedHeader(repeated));
    }
}
