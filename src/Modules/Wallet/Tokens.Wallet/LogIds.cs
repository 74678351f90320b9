namespace Tokens.Wallet;

/// <summary>The ids of the messages that the wallet logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int PostingLaneInterrupted = 1001;
    internal const int PostingLaneSplit = 1002;
    internal const int PostingLaneAside = 1003;
    internal const int PostingLaneGivenUp = 1004;
    internal const int PostingLaneDeaf = 1005;
    internal const int RoundLoopDelayed = 1101;
    internal const int DeliveriesFailed = 1102;
    internal const int BalanceBroadcastDeaf = 1201;
    internal const int BalanceBroadcastUnreadable = 1202;
}
