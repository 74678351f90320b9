namespace Tokens.Platform.Switches;

/// <summary>A switch that is turned off, on every host; one that is on has no row.</summary>
internal sealed class StoredSwitch
{
    public required string Name { get; init; }

    public required DateTime OffSince { get; init; }
}
