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
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        app.UseProblemDocuments(BareStatus.ToProblem, fault => TransientFaults.Covers(fault) ? DatabaseUnavailable : null);
    }
}
