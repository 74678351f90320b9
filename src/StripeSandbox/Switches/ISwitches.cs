namespace Tokens.StripeSandbox.Switches;

/// <summary>A set of switches that is kept under a name.</summary>
internal interface ISwitches
{
    static abstract string Name { get; }
}
