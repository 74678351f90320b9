namespace Stripe;

/// <summary>A payment from its making to its end; it succeeds at most once.</summary>
internal sealed class PaymentIntent : StripeEntity, IHasObject
{
    public string Id { get; set; } = "";

    public string Object { get; set; } = "";

    /// <summary>In the currency's minor unit.</summary>
    public long Amount { get; set; }

    /// <summary>What was received of it, in the same unit.</summary>
    public long AmountReceived { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>One of Stripe's: <c>requires_confirmation</c>, <c>requires_action</c>, <c>succeeded</c> and so on.</summary>
    public string Status { get; set; } = "";

    /// <summary>Lets the payer's browser finish the payment; never to be logged or stored.</summary>
    public string? ClientSecret { get; set; }

    public StripeError? LastPaymentError { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
