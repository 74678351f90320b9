namespace Stripe;

/// <summary>A page of a collection, newest first.</summary>
internal sealed class StripeList<T> : StripeEntity
{
    public List<T> Data { get; set; } = [];

    public bool HasMore { get; set; }
}
