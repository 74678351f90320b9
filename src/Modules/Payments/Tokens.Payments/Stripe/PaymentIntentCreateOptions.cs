namespace Stripe;

internal sealed class PaymentIntentCreateOptions : BaseOptions
{
    /// <summary>In the currency's minor unit.</summary>
    public long? Amount { get; set; }

    public string? Currency { get; set; }

    /// <summary>Whose payment method it is.</summary>
    public string? Customer { get; set; }

    public string? PaymentMethod { get; set; }

    /// <summary><c>off_session</c> keeps the payment method for the customer once it has paid.</summary>
    public string? SetupFutureUsage { get; set; }

    public List<string>? PaymentMethodTypes { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
