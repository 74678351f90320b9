using Tokens.Payments.Purchases;

namespace Tokens.Payments.Refills;

/// <summary>How an attempt to refill ended; the set is closed.</summary>
internal abstract record RefillResult
{
    private RefillResult()
    {
    }

    /// <summary>Refills are off, or off for this trigger.</summary>
    /// <param name="Reason">For a person; null when the member has them off.</param>
    internal sealed record NotEnabled(string? Reason) : RefillResult;

    /// <summary>There is nothing to refill for, or something forbids it.</summary>
    /// <param name="Reason">For a person.</param>
    /// <param name="LookAgainAt">When it may be otherwise without anything being spent; null when it won't.</param>
    internal sealed record NotMet(string Reason, DateTime? LookAgainAt = null) : RefillResult;

    /// <summary>A refill has begun before this one and isn't at its end.</summary>
    internal sealed record UnderWay(DateTime LookAgainAt) : RefillResult;

    /// <summary>There is a purchase, and this is how it stands.</summary>
    internal sealed record Placed(CheckoutOutcome Outcome) : RefillResult
    {
        internal Purchase? Purchase => (Outcome as CheckoutOutcome.Answered)?.Result.Purchase;
    }
}
