namespace Stripe;

/// <summary>A card, as far as anybody may know it.</summary>
internal sealed class PaymentMethod : StripeEntity, IHasObject
{
    public string Id { get; set; } = "";

    public string Object { get; set; } = "";

    public DateTime Created { get; set; }

    public PaymentMethodCard? Card { get; set; }
}
