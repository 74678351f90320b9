namespace Tokens.Platform;

/// <summary>The ids of the messages that the platform logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int SchemaMigratorApplying = 100;
    internal const int ProblemLogProblem = 101;
    internal const int GroupCommitSplit = 112;
    internal const int GroupCommitGivenUp = 113;
    internal const int SessionRevocationsDelayed = 120;
    internal const int PipelineEvent = 121;
    internal const int DatabaseWritesRefused = 122;
    internal const int DatabaseWritesAccepted = 123;
    internal const int ConnectionCheckWarning = 124;
    internal const int RedisConnectionLost = 131;
    internal const int RedisConnectionRestored = 132;
    internal const int SharedFigureCacheGivenUp = 141;
    internal const int SharedFigureCacheTrusted = 142;
    internal const int FigurePollingUnknown = 161;
    internal const int SwitchPollingAway = 171;
    internal const int FirstKeyNotEnsured = 181;
    internal const int RateLimitPoliciesChanged = 6001;
    internal const int RateLimitPoliciesKept = 6002;
    internal const int RateLimitPoliciesStranger = 6003;
    internal const int RedisCounterRefused = 6004;
}
