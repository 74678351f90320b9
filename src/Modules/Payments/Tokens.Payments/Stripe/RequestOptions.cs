namespace Stripe;

/// <summary>What belongs to one call and not to its parameters.</summary>
internal sealed class RequestOptions
{
    public string? IdempotencyKey { get; set; }
}
