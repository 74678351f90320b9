namespace Stripe;

internal sealed class PaymentMethodCard
{
    public string Brand { get; set; } = "";

    /// <summary>Names the card's number: equal in all payment methods of one number within an account.</summary>
    public string? Fingerprint { get; set; }

    public string Last4 { get; set; } = "";

    public long ExpMonth { get; set; }

    public long ExpYear { get; set; }
}
