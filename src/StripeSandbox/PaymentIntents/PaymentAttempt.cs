using Tokens.StripeSandbox.Charges;
using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>How a confirmation deals with a card that asks for its holder.</summary>
internal sealed record ConfirmationTerms(bool OffSession, bool ErrorOnRequiresAction, string? ReturnUrl)
{
    internal static readonly string[] Names = ["off_session", "error_on_requires_action", "return_url", "use_stripe_sdk"];

    internal bool HolderIsAway => OffSession || ErrorOnRequiresAction;

    internal static ConfirmationTerms Read(Parameters parameters)
    {
        _ = parameters.Boolean("use_stripe_sdk");
        return new(
            // Beside a boolean Stripe takes the reason for which nobody is there.
            parameters.NonEmptyText("off_session") is "one_off" or "recurring" || parameters.Boolean("off_session") is true,
            parameters.Boolean("error_on_requires_action") is true,
            ReturnAddress.Read(parameters));
    }
}

/// <summary>
/// The step from a confirmation to money: asks for the holder, charges the card or records why not. The transaction around it and the
/// gate in front of that make sure that an intent succeeds at most once.
/// </summary>
internal static class PaymentAttempt
{
    internal static PaymentIntent Confirm(DbSession session, PaymentIntent intent, ConfirmationTerms terms, StripeRequest request)
    {
        var method = Method(session, intent);
        PaymentIntentFields.RequireUsable(method, intent.CustomerId);
        if (intent.CustomerId is { } customer)
        {
            _ = Customer.Require(session, customer);
        }

        var card = method.Card();
        if (!card.RequiresAuthentication || (card.OnceIsEnough && method.IsSetUp && terms.HolderIsAway))
        {
            return Charge(session, intent, method, card.Decline, request.Events);
        }

        if (terms.HolderIsAway)
        {
            return Charge(session, intent, method, CardDecline.AuthenticationRequired, request.Events);
        }

        return intent with
        {
            Status = PaymentIntentStatus.RequiresAction,
            LastPaymentError = null,
            NextAction = new NextAction($"{request.BaseUrl}/sandbox/payment_intents/{intent.Id}/authenticate", terms.ReturnUrl),
        };
    }

    internal static PaymentIntent AfterAuthentication(DbSession session, PaymentIntent intent, bool succeeded, EventJournal events)
    {
        var method = Method(session, intent);
        return succeeded
            ? Charge(session, intent, method, method.Card().Decline, events)
            : Fail(intent, new PaymentError(
                "invalid_request_error",
                "payment_intent_authentication_failure",
                DeclineCode: null,
                "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to " +
                "attempt to fulfill this PaymentIntent again.",
                ChargeId: null,
                method.Id));
    }

    private static PaymentIntent Charge(
        DbSession session, PaymentIntent intent, PaymentMethod method, CardDecline? decline, EventJournal events)
    {
        var charge = new Charge(
            ObjectId.New("ch"),
            intent.Id,
            method.Id,
            intent.Amount,
            intent.Currency,
            decline is null ? ChargeStatus.Succeeded : ChargeStatus.Failed,
            decline,
            events.Now);
        charge.Insert(session);
        events.Write(session, decline is null ? "charge.succeeded" : "charge.failed", new ChargeObject(charge, method));
        if (decline is null && !method.IsDetached && intent is { CustomerId: { } customer, SetupFutureUsage: not null }
            && Customer.FindExisting(session, customer) is not null)
        {
            AttachPaymentMethod.Attach(session, method, customer, isSetUp: intent.SetupFutureUsage == "off_session", events);
        }

        var charged = intent with { LatestChargeId = charge.Id };
        return decline is null
            ? charged with { Status = PaymentIntentStatus.Succeeded, LastPaymentError = null, NextAction = null }
            : Fail(charged, new PaymentError("card_error", decline.Code, decline.DeclineCode, decline.Message, charge.Id, method.Id));
    }

    private static PaymentIntent Fail(PaymentIntent intent, PaymentError error) => intent with
    {
        Status = PaymentIntentStatus.RequiresPaymentMethod,
        PaymentMethodId = null,
        NextAction = null,
        LastPaymentError = error,
    };

    private static PaymentMethod Method(DbSession session, PaymentIntent intent) => PaymentMethod.Get(
        session,
        intent.PaymentMethodId ?? throw new InvalidOperationException($"{intent.Id} is {intent.Status} without a payment method."));
}
