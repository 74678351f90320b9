using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Host.Api;

/// <summary>Turns what modules throw, and what the framework answers without a body, into problem documents.</summary>
internal static class ProblemDocuments
{
    private static readonly TimeSpan DatabaseRetryAfter = TimeSpan.FromSeconds(2);

    internal static void UseProblemDocuments(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleAsync,
            // Without this the handled exception would vanish from the request's metrics.
            SuppressDiagnosticsCallback = static _ => false,
        });
        app.UseStatusCodePages(static status => WriteStatusAsync(status.HttpContext));
    }

    private static Task HandleAsync(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = fault switch
        {
            ProblemException carrier => carrier.Problem,
            BadHttpRequestException refused => Bare(refused.StatusCode),
            not null when TransientFaults.Covers(fault) => new Problem(
                ProblemKind.DatabaseUnavailable, "The database can't be reached right now. Please try again in a moment.")
            {
                RetryAfter = DatabaseRetryAfter,
            },
            _ => new Problem(ProblemKind.InternalError, "Something went wrong on our side. It has been recorded."),
        };
        return ProblemDocument.WriteAsync(context, problem);
    }

    private static Task WriteStatusAsync(HttpContext context) => ProblemDocument.WriteAsync(context, Bare(context.Response.StatusCode));

    private static Problem Bare(int status) => new(ProblemKind.FromStatus(status), status switch
    {
        401 => "Sign in: send a valid bearer token.",
        403 => "The sign-in lacks the role that this needs.",
        404 => "There is nothing at this address.",
        405 => "This address takes other methods; see the Allow header.",
        413 => "The body is larger than this route takes.",
        _ => ReasonPhrases.GetReasonPhrase(status),
    });
}
