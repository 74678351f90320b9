using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>An object that Stripe answered with.</summary>
internal abstract class StripeEntity
{
    [JsonIgnore]
    public StripeResponse? StripeResponse { get; set; }
}
