namespace Tokens.Platform.Switches;

/// <summary>A part of the product that operations may switch off for a bad night.</summary>
/// <param name="Name">Lower-case name, 1 to 32 letters and underscores; unique in the product.</param>
/// <param name="Sentence">What members are told while it is off.</param>
public sealed record Switch(string Name, string Sentence)
{
    /// <summary>Everything that a member or an administrator may change: off means read-only.</summary>
    public static readonly Switch Changes = new("changes", "Nothing can be changed for now; everything can still be read.");
}
