namespace Stripe;

internal sealed class PaymentIntentCancelOptions : BaseOptions
{
    public string? CancellationReason { get; set; }
}
