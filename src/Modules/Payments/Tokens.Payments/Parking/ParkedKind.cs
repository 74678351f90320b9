namespace Tokens.Payments.Parking;

/// <summary>What can be parked.</summary>
internal static class ParkedKind
{
    internal const string StripeEvent = "stripe_event";
    internal const string Purchase = "purchase";
}
