namespace Tokens.Payments.Purchases;

/// <summary>How a purchase stands when its drive ends.</summary>
/// <param name="Purchase">Its row.</param>
internal sealed record PurchaseResult(Purchase Purchase)
{
    /// <summary>Lets the member's browser finish the payment; known only while Stripe's answer is at hand.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Stripe's sentence about a refused card.</summary>
    public string? DeclineSentence { get; init; }

    /// <summary>Stripe calls the payment method invalid.</summary>
    public bool IsInvalidPaymentMethod { get; init; }

    /// <summary>Stripe was away, and the purchase was given up before a charge.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>The purchase was final when the drive began: somebody else's drive had ended it.</summary>
    public bool WasFinal { get; init; }

    /// <summary>It was cancelled before this drive could do anything for its caller.</summary>
    internal bool WasGivenUpBefore => Purchase.Status == PurchaseStatus.Cancelled && !IsInvalidPaymentMethod && !IsGivenUp;

    /// <summary>Another host is at work on the purchase and hasn't finished in time.</summary>
    public bool IsDrivenElsewhere { get; init; }
}
