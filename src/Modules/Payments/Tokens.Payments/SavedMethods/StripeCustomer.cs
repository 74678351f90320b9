namespace Tokens.Payments.SavedMethods;

/// <summary>Under which id Stripe keeps a member's payment methods. Which they are only Stripe knows.</summary>
internal sealed class StripeCustomer
{
    public required Guid MemberId { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>The one that the member chose; null or no longer kept: the first that is.</summary>
    public string? DefaultMethodId { get; set; }

    public required DateTime CreatedAt { get; init; }
}
