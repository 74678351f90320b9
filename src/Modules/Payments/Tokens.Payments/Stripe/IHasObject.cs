namespace Stripe;

/// <summary>An object of Stripe's that says which kind it is.</summary>
internal interface IHasObject
{
    /// <summary>Such as <c>payment_intent</c>.</summary>
    string Object { get; set; }
}
