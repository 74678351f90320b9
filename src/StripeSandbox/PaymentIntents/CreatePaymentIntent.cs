using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>POST /v1/payment_intents</c>; with <c>confirm=true</c> it goes on to the first attempt.</summary>
internal static class CreatePaymentIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        var parameters = request.Parameters;
        parameters.Only([
            "amount", "currency", "confirm", "customer", "description", "metadata", "payment_method", AllowedTypes.Name, AllowedTypes.FormerName,
            "automatic_payment_methods", "capture_method", "confirmation_method", "receipt_email", "setup_future_usage",
            "statement_descriptor", "statement_descriptor_suffix", "expand", .. ConfirmationTerms.Names]);
        var expansion = Expansion.Read(parameters, PaymentIntentObject.Expandable);
        var confirm = parameters.Boolean("confirm") is true;
        RequireConfirm(parameters, confirm);
        var terms = ConfirmationTerms.Read(parameters);
        var intent = PaymentIntentFields.ApplyPaymentMethod(
            PaymentIntentFields.ApplyCustomer(New(request), parameters, session), request, session);
        PaymentIntentTable.Insert(session, intent);
        PaymentIntentEvents.Created(session, intent, request.Events);
        if (!confirm)
        {
            return PaymentIntentReply.Ok(session, intent, expansion);
        }

        if (intent.PaymentMethodId is null)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent with a " +
                "payment method, specify a payment method with confirm=true.",
                "payment_method",
                "parameter_missing"));
        }

        var attempted = PaymentAttempt.Confirm(session, intent, terms, request);
        PaymentIntentTable.Update(session, attempted);
        PaymentIntentEvents.Attempted(session, attempted, request.Events);
        return PaymentIntentReply.Attempted(session, attempted, expansion);
    }

    private static PaymentIntent New(StripeRequest request)
    {
        var parameters = request.Parameters;
        var amount = parameters.Integer("amount") ?? throw parameters.Missing("amount");
        var currency = Currencies.Read(parameters.NonEmptyText("currency") ?? throw parameters.Missing("currency"));
        Currencies.RequireChargeable(amount, currency);
        _ = parameters.Choice("confirmation_method", "automatic");
        var id = ObjectId.New("pi");
        var intent = new PaymentIntent
        {
            Id = id,
            ClientSecret = ObjectId.New(id + "_secret", 25),
            Created = request.Now.ToUnixTimeSeconds(),
            Amount = amount,
            Currency = currency,
            Status = PaymentIntentStatus.RequiresPaymentMethod,
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal),
            AutomaticPaymentMethods = ReadAutomatic(parameters),
            CaptureMethod = parameters.Choice("capture_method", "automatic", "automatic_async") ?? "automatic_async",
        };
        return PaymentIntentFields.ApplyDescriptive(intent, parameters);
    }

    private static void RequireConfirm(Parameters parameters, bool confirm)
    {
        foreach (var name in ConfirmationTerms.Names)
        {
            if (!confirm && name != "use_stripe_sdk" && parameters.Has(name))
            {
                throw new StripeErrorException(StripeError.InvalidRequest(
                    $"The parameter `{name}` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.", name));
            }
        }
    }

    private static AutomaticPaymentMethods? ReadAutomatic(Parameters parameters)
    {
        var allowed = AllowedTypes.Read(parameters);
        if (parameters.Inner("automatic_payment_methods") is not { } automatic)
        {
            return null;
        }

        automatic.Only("enabled", "allow_redirects");
        var enabled = automatic.Boolean("enabled") ?? throw automatic.Missing("enabled");
        return enabled && allowed is not null
            ? throw new StripeErrorException(StripeError.InvalidRequest(
                $"You may only specify one of these parameters: automatic_payment_methods, {allowed}.",
                "automatic_payment_methods"))
            : new AutomaticPaymentMethods(enabled, automatic.Choice("allow_redirects", "always", "never") ?? "always");
    }
}
