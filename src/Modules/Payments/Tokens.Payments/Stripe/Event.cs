namespace Stripe;

/// <summary>Something that happened at Stripe, with the object it happened to as it was then.</summary>
internal sealed class Event : StripeEntity
{
    public string Id { get; set; } = "";

    /// <summary>The version of Stripe's API in whose shape <see cref="Data"/> is.</summary>
    public string? ApiVersion { get; set; }

    public DateTime Created { get; set; }

    public EventData? Data { get; set; }

    /// <summary>Such as <c>payment_intent.succeeded</c>.</summary>
    public string Type { get; set; } = "";
}
