using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>The answers that carry a PaymentIntent.</summary>
internal static class PaymentIntentReply
{
    internal static StripeReply Ok(DbSession session, PaymentIntent intent, Expansion expansion) =>
        StripeReply.Ok(PaymentIntentObject.Of(session, intent, expansion));

    /// <summary>After an attempt: 402 when the card refused it.</summary>
    internal static StripeReply Attempted(DbSession session, PaymentIntent intent, Expansion expansion) =>
        intent is { Status: PaymentIntentStatus.RequiresPaymentMethod, LastPaymentError: { } error }
            ? StripeReply.Of(PaymentErrorObject.Of(session, error) with
            {
                PaymentIntent = PaymentIntentObject.Embedded(session, intent),
            })
            : Ok(session, intent, expansion);

    /// <summary>The intent is past what is asked of it. The call has been carried out so far, hence its answer is kept.</summary>
    internal static StripeReply UnexpectedState(DbSession session, PaymentIntent intent, string message) =>
        StripeReply.Of(StripeError.InvalidRequest(message, code: "payment_intent_unexpected_state") with
        {
            PaymentIntent = PaymentIntentObject.Embedded(session, intent),
        });

    /// <summary>The status in Stripe's spelling.</summary>
    internal static string Name(PaymentIntentStatus status) => status switch
    {
        PaymentIntentStatus.RequiresPaymentMethod => "requires_payment_method",
        PaymentIntentStatus.RequiresConfirmation => "requires_confirmation",
        PaymentIntentStatus.RequiresAction => "requires_action",
        PaymentIntentStatus.Succeeded => "succeeded",
        PaymentIntentStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };
}
