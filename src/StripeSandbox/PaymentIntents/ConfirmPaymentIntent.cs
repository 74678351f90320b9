using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>POST /v1/payment_intents/{id}/confirm</c></summary>
internal static class ConfirmPaymentIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        var parameters = request.Parameters;
        parameters.Only(["payment_method", "receipt_email", "setup_future_usage", "capture_method", "expand", .. ConfirmationTerms.Names]);
        var expansion = Expansion.Read(parameters, PaymentIntentObject.Expandable);
        var terms = ConfirmationTerms.Read(parameters);
        var intent = PaymentIntentTable.Get(session, request.Id);
        if (WhyNot(intent, parameters) is { } message)
        {
            return PaymentIntentReply.UnexpectedState(session, intent, message);
        }

        var ready = PaymentIntentFields.ApplyPaymentMethod(intent, request, session) with
        {
            ReceiptEmail = parameters.NonEmptyText("receipt_email") ?? intent.ReceiptEmail,
            SetupFutureUsage = parameters.Choice("setup_future_usage", "on_session", "off_session") ?? intent.SetupFutureUsage,
            CaptureMethod = parameters.Choice("capture_method", "automatic", "automatic_async") ?? intent.CaptureMethod,
        };
        var attempted = PaymentAttempt.Confirm(session, ready, terms, request);
        PaymentIntentTable.Update(session, attempted);
        PaymentIntentEvents.Attempted(session, attempted, request.Events);
        return PaymentIntentReply.Attempted(session, attempted, expansion);
    }

    private static string? WhyNot(PaymentIntent intent, Parameters parameters) => intent switch
    {
        { Status: PaymentIntentStatus.Succeeded } =>
            "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
        { Status: PaymentIntentStatus.Canceled } =>
            "You cannot confirm this PaymentIntent because it has a status of canceled. Only a PaymentIntent with one of the following " +
            "statuses may be confirmed: requires_confirmation, requires_action.",
        { PaymentMethodId: null } when !parameters.Has("payment_method") =>
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a " +
            "payment method and then confirm it again, or confirm it again directly with a payment method.",
        _ => null,
    };
}
