namespace Stripe;

internal sealed class PaymentMethodListOptions : BaseOptions
{
    public string? Customer { get; set; }

    public string? Type { get; set; }

    public long? Limit { get; set; }
}
