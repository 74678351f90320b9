using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>Gives exceptions and bare statuses outside the proxy their document.</summary>
internal static class BareErrors
{
    internal static IApplicationBuilder UseProblemDocuments(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => WriteAsync(context, context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error switch
            {
                BadHttpRequestException malformed => malformed.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            }),
        })
        .UseStatusCodePages(page => WriteAsync(page.HttpContext, page.HttpContext.Response.StatusCode));

    private static Task WriteAsync(HttpContext context, int status)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        return ProblemDocument.WriteAsync(context, GatewayProblems.From(status, options));
    }
}
