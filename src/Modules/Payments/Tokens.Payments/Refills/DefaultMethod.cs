namespace Tokens.Payments.Refills;

/// <summary>What is known of a member's default payment method; the set is closed.</summary>
internal abstract record DefaultMethod
{
    private DefaultMethod()
    {
    }

    /// <summary>Stripe did not answer in time.</summary>
    internal sealed record Unknown : DefaultMethod;

    /// <summary>No payment method is kept.</summary>
    internal sealed record None : DefaultMethod;

    /// <param name="Id">Stripe's id of the method.</param>
    internal sealed record Kept(string Id) : DefaultMethod;
}
