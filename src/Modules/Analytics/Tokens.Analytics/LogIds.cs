namespace Tokens.Analytics;

/// <summary>The ids of the messages that analytics logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int GenerationSwitchSwitched = 5101;
    internal const int UpkeepDelayed = 5102;
}
