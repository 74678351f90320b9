using Microsoft.AspNetCore.Http;

namespace Tokens.StripeSandbox.Wire;

internal static class StripeAnswer
{
    internal static async Task WriteAsync(HttpContext context, StripeReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = "application/json";
        response.ContentLength = reply.Body.Length;
        if (reply.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"Stripe\"";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}
