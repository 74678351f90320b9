using Stripe;

namespace Tokens.Payments.Purchases;

/// <summary>What Stripe took, whoever told of it.</summary>
/// <param name="PaymentIntentId">The payment.</param>
/// <param name="AmountMinor">What was received, in the currency's minor unit.</param>
/// <param name="Currency">ISO code in lower case.</param>
internal readonly record struct PaymentFacts(string PaymentIntentId, long AmountMinor, string Currency)
{
    internal static PaymentFacts Of(PaymentIntent intent) => new(intent.Id, intent.AmountReceived, intent.Currency);
}
