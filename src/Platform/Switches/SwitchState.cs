namespace Tokens.Platform.Switches;

/// <summary>How a switch stands.</summary>
/// <param name="Switch">Which one.</param>
/// <param name="IsOn">Whether its part of the product works.</param>
/// <param name="IsFixed">Whether the configuration holds it off, so that it can't be turned on at run time.</param>
/// <param name="OffSince">When it was turned off at run time; null when it wasn't.</param>
public sealed record SwitchState(Switch Switch, bool IsOn, bool IsFixed, DateTime? OffSince);
