namespace Tokens.Host.Ops;

/// <summary>What operations did, for whoever asks later.</summary>
internal static partial class OpsLog
{
    [LoggerMessage(LogIds.OpsLogTurned, LogLevel.Warning, "Switch {Switch} was turned on the operations page by {Actor}; on: {IsOn}")]
    internal static partial void Turned(ILogger logger, string @switch, bool isOn, string actor);

    [LoggerMessage(LogIds.OpsLogChecked, LogLevel.Information, "Check {Check} was run on the page of operations; sound: {IsSound}")]
    internal static partial void Checked(ILogger logger, string check, bool isSound);
}
