using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokens.Platform.Problems;

/// <summary>Gives whatever ends a request without an answer its document: what is thrown, and the framework's bare statuses.</summary>
public static class ProblemPipeline
{
    private const string FrameworksOwnLog = "Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware";

    /// <summary>
    /// Leaves telling the operator to <see cref="ProblemDocument"/>: the framework would log every fault as an error, a client's too.
    /// </summary>
    public static ILoggingBuilder AddProblemLog(this ILoggingBuilder logging) => logging.AddFilter(FrameworksOwnLog, LogLevel.None);

    /// <summary>Everything that is added behind this is answered with a document when it fails.</summary>
    /// <param name="app">The application.</param>
    /// <param name="ofStatus">The problem that stands for a bare status; 500 stands for a fault that nothing else is known of.</param>
    /// <param name="ofFault">The problem that an exception means here; null for one that is a bug.</param>
    public static IApplicationBuilder UseProblemDocuments(
        this IApplicationBuilder app, Func<int, Problem> ofStatus, Func<Exception, Problem?>? ofFault = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(ofStatus);
        return app
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = context => ProblemDocument.WriteAsync(context, OfFault(context, ofStatus, ofFault)),
                // Without this the handled exception would vanish from the request's metrics.
                SuppressDiagnosticsCallback = static _ => false,
            })
            .UseStatusCodePages(page => ProblemDocument.WriteAsync(page.HttpContext, ofStatus(page.HttpContext.Response.StatusCode)));
    }

    private static Problem OfFault(HttpContext context, Func<int, Problem> ofStatus, Func<Exception, Problem?>? ofFault) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            ProblemException carrier => carrier.Problem,
            BadHttpRequestException refused => ofStatus(refused.StatusCode),
            { } fault when ofFault?.Invoke(fault) is { } problem => problem,
            _ => ofStatus(StatusCodes.Status500InternalServerError),
        };
}
