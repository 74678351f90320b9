namespace Stripe;

internal sealed class PaymentIntentCreateOptions : BaseOptions
{
    /// <summary>In the currency's minor unit.</summary>
    public long? Amount { get; set; }

    public string? Currency { get; set; }

    public string? PaymentMethod { get; set; }

    public List<string>? PaymentMethodTypes { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
