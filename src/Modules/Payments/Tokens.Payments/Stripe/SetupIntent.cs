namespace Stripe;

/// <summary>The way of a payment method into a customer's keeping.</summary>
internal sealed class SetupIntent : StripeEntity, IHasObject
{
    public string Id { get; set; } = "";

    public string Object { get; set; } = "";

    /// <summary>Lets the member's browser finish the setup; never to be logged or stored.</summary>
    public string? ClientSecret { get; set; }

    public string Status { get; set; } = "";
}
