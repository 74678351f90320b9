using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Npgsql;
using Tokens.Platform.Problems;

namespace Tokens.Host.Tests.Errors;

/// <summary>Addresses behind everything else, where the product would have nothing to answer, that throw.</summary>
internal sealed class ThrowingRoutes : IStartupFilter
{
    internal const string Bug = "/api/tokens/throws/bug";
    internal const string Database = "/api/tokens/throws/database";
    internal const string Conflict = "/api/tokens/throws/conflict";
    internal const string InProgress = "/api/tokens/throws/in-progress";

    /// <summary>What no client may read.</summary>
    internal const string Secret = "s3cret";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        app.Use((context, pass) => context.Request.Path.Value switch
        {
            Bug => throw new InvalidOperationException($"Host=db;Password={Secret}"),
            Database => throw new NpgsqlException($"{Secret} can't be reached"),
            Conflict => throw new ProblemException(new Problem(ProblemKind.Conflict, "It has changed meanwhile.")),
            InProgress => throw new ProblemException(new Problem(ProblemKind.IdempotencyInProgress, "Still running.")),
            _ => pass(context),
        });
    };
}
