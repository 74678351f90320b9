namespace Stripe;

internal sealed class PaymentIntentConfirmOptions : BaseOptions
{
    public string? PaymentMethod { get; set; }

    /// <summary>Says that the payer is away and can't authenticate.</summary>
    public bool? OffSession { get; set; }

    /// <summary>Says that Stripe.js handles what the payer has to do.</summary>
    public bool? UseStripeSdk { get; set; }
}
