namespace Stripe;

internal sealed class PaymentIntentConfirmOptions : BaseOptions
{
    /// <summary>Says that Stripe.js handles what the payer has to do.</summary>
    public bool? UseStripeSdk { get; set; }
}
