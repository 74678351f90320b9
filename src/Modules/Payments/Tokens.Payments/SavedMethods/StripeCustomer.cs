namespace Tokens.Payments.SavedMethods;

/// <summary>The id under which Stripe keeps a member's payment methods. Which they are only Stripe knows.</summary>
internal sealed class StripeCustomer
{
    public required Guid MemberId { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>The default as it was last decided, by the member or by <see cref="KeptMethods"/>; null when nothing was kept.</summary>
    public string? DefaultMethodId { get; set; }

    public required DateTime CreatedAt { get; init; }
}
