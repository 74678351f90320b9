using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokens.Platform.Identity;

namespace Tokens.Platform.Problems;

/// <summary>
/// Tells the operator of every problem that a client is told of, once: a bug as an error, a neighbour that is away as a warning, what
/// is the client's own affair for debugging only, and so what was shed or is switched off, of which metrics count thousands a second. By
/// route and ids; never a path, a header or a body, which may hold secrets.
/// </summary>
internal static partial class ProblemLog
{
    internal static void Write(HttpContext context, Problem problem)
    {
        var level = LevelOf(problem.Kind);
        if (context.RequestServices?.GetService<ILoggerFactory>()?.CreateLogger(typeof(ProblemDocument)) is not { } logger
            || !logger.IsEnabled(level))
        {
            return;
        }

        var failure = context.Features.Get<IExceptionHandlerFeature>();
        var fault = level >= LogLevel.Warning ? failure?.Error : null;
        // The handler of exceptions has taken the route from the request.
        var route = ((failure?.Endpoint ?? context.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        var memberId = context.User.FindFirst(Caller.SubjectClaim)?.Value ?? "nobody";
        var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        var facts = Facts(problem, fault);
        LogProblem(
            logger, level, fault, context.Request.Method, route, problem.Kind.Status, problem.Kind.Code, memberId, traceId, facts);
    }

    private static LogLevel LevelOf(ProblemKind kind) => kind.Status switch
    {
        _ when kind == ProblemKind.Overloaded || kind == ProblemKind.SwitchedOff => LogLevel.Debug,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => LogLevel.Warning,
        >= 500 => LogLevel.Error,
        _ => LogLevel.Debug,
    };

    private static string Facts(Problem problem, Exception? fault)
    {
        var facts = problem.Members.Where(member => member.Value is Guid or long or int or bool)
            .Concat(FaultFacts.Of(fault))
            .Select(fact => string.Create(CultureInfo.InvariantCulture, $"{fact.Key}={fact.Value}"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return facts.Count > 0 ? string.Join(", ", facts) : "nothing more known";
    }

    [LoggerMessage(EventId = LogIds.ProblemLogProblem, Message = "{Method} {Route} is answered with {Status} {Code} to {MemberId}, trace {TraceId}: {Facts}")]
    private static partial void LogProblem(
        ILogger logger,
        LogLevel level,
        Exception? fault,
        string method,
        string route,
        int status,
        string code,
        string memberId,
        string traceId,
        string facts);
}
