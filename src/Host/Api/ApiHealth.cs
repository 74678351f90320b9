using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tokens.Host.Roles;
using Tokens.Platform.Time;

namespace Tokens.Host.Api;

/// <summary>Whether this host lives, and whether it should be sent requests.</summary>
internal static class ApiHealth
{
    /// <summary>The same shape as the gateway's; a dependency says <c>available</c> or what is wrong with it.</summary>
    internal sealed record Answer(bool Success, string Status, IReadOnlyDictionary<string, string> Dependencies, DateTime Timestamp);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).AllowAnonymous().WithName("Live").WithTags("Health").WithSummary("The process runs");
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().WithName("Ready").WithTags("Health")
            .WithSummary("The host takes requests");
    }

    private static Ok<Answer> Live(TimeProvider time) =>
        TypedResults.Ok(new Answer(true, "live", new Dictionary<string, string>(), time.UtcNow()));

    private static async Task<Results<Ok<Answer>, JsonHttpResult<Answer>>> ReadyAsync(
        HealthCheckService checks, DrainSignal drain, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var state = drain.IsDraining ? "draining" : report.Status == HealthStatus.Unhealthy ? "unavailable" : "ready";
        var dependencies = report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value));
        var answer = new Answer(state == "ready", state, dependencies, time.UtcNow());
        return answer.Success ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    // A check that throws is described by its exception's own text, which is not for everyone who asks.
    private static string Word(HealthReportEntry entry) => entry.Status == HealthStatus.Healthy
        ? "available"
        : entry.Description is { } description && description != entry.Exception?.Message ? description : "unavailable";
}
