namespace Tokens.GiftCards.Survival;

/// <summary>Section <c>GiftCards:Survival</c>; refused outside Development.</summary>
internal sealed class CrashOptions
{
    /// <summary>The point at which the process kills itself, by its name; null, the default, never.</summary>
    public CrashPoint? CrashAt { get; set; }
}
