namespace Tokens.Payments.Refills;

/// <summary>What is to be bought, and why.</summary>
/// <param name="Trigger">One of <see cref="RefillTrigger"/>.</param>
/// <param name="Tokens">A package.</param>
internal sealed record RefillNeed(string Trigger, long Tokens);
