using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>What an event is about.</summary>
internal sealed class EventData : StripeEntity
{
    /// <summary>Null when it is of a kind that isn't known here.</summary>
    [JsonConverter(typeof(StripeObjectConverter))]
    public IHasObject? Object { get; set; }
}
