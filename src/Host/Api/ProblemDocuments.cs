using Tokens.Platform.Problems;
using Tokens.Platform.Storage;

namespace Tokens.Host.Api;

/// <summary>Turns what modules throw, and what the framework answers without a body, into problem documents.</summary>
internal static class ProblemDocuments
{
    private static readonly Problem DatabaseUnavailable =
        new(ProblemKind.DatabaseUnavailable, "The database can't be reached right now. Please try again in a moment.")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    internal static void UseProblemDocuments(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            // As the last word: the page of the API's description has ideas of its own.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseProblemDocuments(BareStatus.ToProblem, fault => TransientFaults.Covers(fault) ? DatabaseUnavailable : null);
    }
}
