namespace Stripe;

internal sealed class PaymentMethodListOptions : BaseOptions
{
    public string? Customer { get; set; }

    public string? Type { get; set; }

    /// <summary>1 to 100.</summary>
    public long? Limit { get; set; }

    /// <summary>The id after which the page begins.</summary>
    public string? StartingAfter { get; set; }
}
