namespace Tokens.Payments.Charging;

/// <summary>On whose behalf Stripe is called: purchases don't share their calls nor their breaker with what can wait.</summary>
internal enum StripeUse
{
    /// <summary>A caller waits for a purchase.</summary>
    Purchase,

    /// <summary>A look at a purchase, a replay's client secret, or settlement: within a budget, and asked again later.</summary>
    Background,
}
