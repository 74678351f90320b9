using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Api;

/// <summary>
/// Says that the connection ends where the server will end it: a body that is larger than its route takes is never read, whatever is
/// answered. A gateway that wasn't told would send the next request, somebody else's, into the closing connection.
/// </summary>
internal sealed class UnreadBodies(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is { } length)
        {
            context.Response.OnStarting(() =>
            {
                // Only now is the route known, which may have a limit of its own.
                if (length > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
                {
                    context.Response.Headers.Connection = "close";
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}
