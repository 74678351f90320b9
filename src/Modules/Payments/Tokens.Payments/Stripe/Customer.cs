namespace Stripe;

/// <summary>Whom payment methods are kept for.</summary>
internal sealed class Customer : StripeEntity, IHasObject
{
    public string Id { get; set; } = "";

    public string Object { get; set; } = "";
}
