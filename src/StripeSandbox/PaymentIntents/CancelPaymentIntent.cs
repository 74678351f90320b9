using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>POST /v1/payment_intents/{id}/cancel</c></summary>
internal static class CancelPaymentIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("cancellation_reason", "expand");
        var expansion = Expansion.Read(request.Parameters, PaymentIntentObject.Expandable);
        var reason = request.Parameters.Choice(
            "cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
        var intent = PaymentIntentTable.Get(session, request.Id);
        if (intent.Status is PaymentIntentStatus.Succeeded or PaymentIntentStatus.Canceled)
        {
            return PaymentIntentReply.UnexpectedState(
                session,
                intent,
                $"You cannot cancel this PaymentIntent because it has a status of {PaymentIntentReply.Name(intent.Status)}. Only a " +
                "PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, " +
                "requires_confirmation, requires_action, processing.");
        }

        var canceled = intent with
        {
            Status = PaymentIntentStatus.Canceled,
            NextAction = null,
            CanceledAt = request.Now.ToUnixTimeSeconds(),
            CancellationReason = reason,
        };
        PaymentIntentTable.Update(session, canceled);
        PaymentIntentEvents.Canceled(session, canceled, request.Events);
        return PaymentIntentReply.Ok(session, canceled, expansion);
    }
}
