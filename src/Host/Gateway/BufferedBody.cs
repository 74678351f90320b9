using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>Reads the body of a request to the API into memory, up to its limit, so that it can be sent again.</summary>
internal sealed class BufferedBody(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            // The server's own limit would count the framing of a chunked body too.
            var bytesMax = options.Value.BufferedBodyBytesMax;
            if (await BodyBytes.ReadAsync(context.Request, bytesMax, context.RequestAborted) is not { } body)
            {
                await ProblemDocument.WriteAsync(context, GatewayProblems.PayloadTooLarge(bytesMax));
                return;
            }

            context.Request.Body = new MemoryStream(body.Array!, body.Offset, body.Count, writable: false, publiclyVisible: true);

            // The client has been told to go on: the host would only be made to say so again.
            context.Request.Headers.Remove("Expect");
        }

        await next(context);
    }
}
