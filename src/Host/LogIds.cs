namespace Tokens.Host;

/// <summary>The ids of the messages that the host logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int OpsListenerTaken = 151;
    internal const int SignalHistoryMissed = 152;
    internal const int OpsLogTurned = 153;
    internal const int OpsLogChecked = 154;
    internal const int StartChecksDataOpenToOthers = 155;
    internal const int StartChecksNotChecked = 156;
    internal const int RetryOnceRetry = 7001;
    internal const int ProxyProblemsFailure = 7002;
    internal const int OverloadRefusing = 7003;
    internal const int DeliveryConfirmationsGivenUp = 7011;
    internal const int DeliveryConfirmationsRefused = 7012;
}
