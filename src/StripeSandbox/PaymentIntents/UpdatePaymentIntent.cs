using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>POST /v1/payment_intents/{id}</c>: words at any time, money and card only while nothing is decided.</summary>
internal static class UpdatePaymentIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        var parameters = request.Parameters;
        parameters.Only(
            "amount", "currency", "customer", "payment_method", "description", "metadata", "receipt_email", "setup_future_usage",
            "statement_descriptor", "statement_descriptor_suffix", "expand");
        var expansion = Expansion.Read(parameters, PaymentIntentObject.Expandable);
        var intent = PaymentIntentTable.Get(session, request.Id);
        var updated = PaymentIntentFields.ApplyCustomer(PaymentIntentFields.ApplyDescriptive(intent, parameters), parameters, session);
        if (Decisive(parameters) is { } name)
        {
            updated = ApplyPrice(updated, parameters);
            if (intent.Status is PaymentIntentStatus.Succeeded or PaymentIntentStatus.Canceled)
            {
                return PaymentIntentReply.UnexpectedState(
                    session,
                    intent,
                    $"This PaymentIntent's {name} could not be updated because it has a status of " +
                    $"{PaymentIntentReply.Name(intent.Status)}. You may only update the {name} of a PaymentIntent with one of the " +
                    "following statuses: requires_payment_method, requires_confirmation, requires_action.");
            }

            updated = PaymentIntentFields.ApplyPaymentMethod(updated, request, session);
        }

        PaymentIntentTable.Update(session, updated);
        return PaymentIntentReply.Ok(session, updated, expansion);
    }

    private static string? Decisive(Parameters parameters) =>
        Array.Find(["amount", "currency", "payment_method"], parameters.Has);

    private static PaymentIntent ApplyPrice(PaymentIntent intent, Parameters parameters)
    {
        var amount = parameters.Integer("amount") ?? intent.Amount;
        var currency = Currencies.Read(parameters.NonEmptyText("currency") ?? intent.Currency);
        Currencies.RequireChargeable(amount, currency);
        return intent with { Amount = amount, Currency = currency };
    }
}
