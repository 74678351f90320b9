using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>A card, as far as anybody may know it.</summary>
internal sealed class PaymentMethod : StripeEntity, IHasObject
{
    public string Id { get; set; } = "";

    public string Object { get; set; } = "";

    public DateTime Created { get; set; }

    /// <summary>The customer for whom it is kept; null when it is kept for none.</summary>
    [JsonPropertyName("customer")]
    public string? CustomerId { get; set; }

    public PaymentMethodCard? Card { get; set; }
}
