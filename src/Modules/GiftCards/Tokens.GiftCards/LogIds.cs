namespace Tokens.GiftCards;

/// <summary>The ids of the messages that gift cards logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int RecoveryWorkerDelayed = 5001;
    internal const int RecoveryWorkerPutOff = 5002;
    internal const int RecoveryWorkerNotPutOff = 5003;
    internal const int RecoveryWorkerParked = 5004;
}
