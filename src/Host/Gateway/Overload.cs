using System.Collections.Concurrent;
using Tokens.Platform.Problems;

namespace Tokens.Host.Gateway;

/// <summary>Refuses what exceeds a limit of the gateway: counts it, logs it once in a while, and answers 503.</summary>
internal sealed partial class Overload(GatewayMetrics metrics, TimeProvider time, ILogger<Overload> logger)
{
    // Thousands are refused in a second; the metric has their number.
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> _loggedAt = new();

    /// <summary>Refuses a request with 503 <c>overloaded</c>.</summary>
    internal Task RefuseAsync(HttpContext context, string policy)
    {
        Refuse(policy);
        return ProblemDocument.WriteAsync(context, GatewayProblems.Overloaded);
    }

    /// <summary>Counts and logs what is refused without an answer.</summary>
    internal void Refuse(string policy)
    {
        metrics.CountLimited(policy, isAllowed: false);
        var now = time.GetTimestamp();
        if (_loggedAt.TryGetValue(policy, out var logged)
            ? time.GetElapsedTime(logged, now) >= LogPause && _loggedAt.TryUpdate(policy, now, logged)
            : _loggedAt.TryAdd(policy, now))
        {
            LogRefusing(logger, policy);
        }
    }

    [LoggerMessage(LogIds.OverloadRefusing, LogLevel.Warning, "The limit {Policy} is reached; what exceeds it is refused")]
    private static partial void LogRefusing(ILogger logger, string policy);
}
