namespace Tokens.Survival.Tests.Storms.Load;

/// <summary>A tip that a fan has decided on, and what became of it.</summary>
/// <param name="Key">The idempotency key, of its fan alone.</param>
/// <param name="Creator">Index of the creator; 0 is the one everybody tips.</param>
/// <param name="Tokens">How much.</param>
internal sealed record StormTip(string Key, int Creator, long Tokens)
{
    /// <summary>What the 200 called it; null when it was refused.</summary>
    internal Guid? TransactionId { get; set; }
}
