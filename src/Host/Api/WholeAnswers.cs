using Microsoft.AspNetCore.Http.Features;

namespace Tokens.Host.Api;

/// <summary>
/// Sends an answer of fewer than <paramref name="bytesMax"/> bytes whole, with its length: in one piece, so that a host that dies can't
/// leave half of it with the gateway, which then couldn't ask another host any more; and so that what stands above knows how long it is.
/// </summary>
internal sealed class WholeAnswers(RequestDelegate next, int bytesMax)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var client = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var answer = new HeldAnswer(client, bytesMax);
        context.Features.Set<IHttpResponseBodyFeature>(answer);
        try
        {
            await next(context);
            if (answer.WholeBytes is { } bytes)
            {
                context.Response.ContentLength ??= bytes;
                await answer.PassOnAsync(context.RequestAborted);
            }
        }
        finally
        {
            context.Features.Set(client);
        }
    }
}
