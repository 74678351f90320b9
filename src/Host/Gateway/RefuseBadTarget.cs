using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>
/// Refuses a path of the API that is no UTF-8. Here, because the proxy decodes a path and encodes it again, so that the API can't
/// tell such bytes from their escapes as text.
/// </summary>
internal sealed class RefuseBadTarget(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        RequestTarget.HasUtf8Path(context) ? next(context) : ProblemDocument.WriteAsync(context, RequestTarget.PathNotUtf8);
}
