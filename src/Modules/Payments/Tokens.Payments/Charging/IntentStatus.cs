namespace Tokens.Payments.Charging;

/// <summary>Stripe's words for the states of a payment intent.</summary>
internal static class IntentStatus
{
    /// <summary>No attempt has been made, or none has had an effect.</summary>
    internal const string RequiresConfirmation = "requires_confirmation";

    /// <summary>The latest attempt was refused.</summary>
    internal const string RequiresPaymentMethod = "requires_payment_method";

    /// <summary>The payer has to authenticate.</summary>
    internal const string RequiresAction = "requires_action";

    internal const string Succeeded = "succeeded";

    internal const string Canceled = "canceled";
}
