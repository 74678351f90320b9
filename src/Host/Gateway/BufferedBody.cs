using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>Reads the body of a request to the API into memory, up to its limit, so that it can be sent again.</summary>
internal sealed class BufferedBody(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            if (await ReadAsync(context.Request, options.Value.BufferedBodyBytesMax, context.RequestAborted) is not { } body)
            {
                await ProblemDocument.WriteAsync(context, GatewayProblems.PayloadTooLarge(options.Value.BufferedBodyBytesMax));
                return;
            }

            context.Request.Body = body;

            // A host that is told the length knows at once whether it will read the body, and says so if it won't.
            context.Request.Headers.Remove("Transfer-Encoding");
            context.Request.ContentLength = body.Length;

            // The client has been told to go on: the host would only be made to say so again.
            context.Request.Headers.Remove("Expect");
        }

        await next(context);
    }

    // Null for too large. The server's own limit would count the framing of a chunked body too.
    private static async Task<MemoryStream?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        ReadResult read;
        do
        {
            read = await NextAsync(request, cancellationToken);
            var fits = body.Length + read.Buffer.Length <= bytesMax;
            foreach (var segment in fits ? read.Buffer : default)
            {
                body.Write(segment.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits)
            {
                return null;
            }
        }
        while (!read.IsCompleted);

        body.Position = 0;
        return body;
    }

    // The server gives most of what is wrong with a body its status, but not a chunk whose size is more than a number holds.
    private static async ValueTask<ReadResult> NextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken);
        }
        catch (IOException fault) when (fault is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body's framing can't be read.", StatusCodes.Status400BadRequest, fault);
        }
    }
}
