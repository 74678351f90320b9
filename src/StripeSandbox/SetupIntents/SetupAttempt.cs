using System.Text.Json;
using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.PaymentIntents;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary>The step from a confirmation to a payment method that is kept: asks for the holder, or checks the card.</summary>
internal static class SetupAttempt
{
    private const int PaymentRequired = 402;

    internal static SetupIntent ApplyPaymentMethod(SetupIntent intent, StripeRequest request, DbSession session)
    {
        if (request.Parameters.NonEmptyText("payment_method") is not { } name)
        {
            return intent;
        }

        var method = PaymentMethod.Resolve(session, name, request.Now);
        PaymentIntentFields.RequireUsable(method, intent.CustomerId);
        return intent with { PaymentMethodId = method.Id, Status = SetupIntentStatus.RequiresConfirmation };
    }

    internal static StripeReply Confirm(DbSession session, SetupIntent intent, StripeRequest request)
    {
        if (intent.PaymentMethodId is null)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and " +
                "then confirm it again.",
                "payment_method",
                "parameter_missing"));
        }

        if (!PaymentMethod.Get(session, intent.PaymentMethodId).Card().RequiresAuthentication)
        {
            return Check(session, intent, request);
        }

        var waiting = intent with
        {
            Status = SetupIntentStatus.RequiresAction,
            LastSetupError = null,
            ActionUrl = $"{request.BaseUrl}/sandbox/setup_intents/{intent.Id}/authenticate",
        };
        waiting.Update(session);
        request.Events.Write(session, "setup_intent.requires_action", new SetupIntentObject(waiting));
        return StripeReply.Ok(new SetupIntentObject(waiting));
    }

    internal static StripeReply AfterAuthentication(DbSession session, SetupIntent intent, bool succeeded, StripeRequest request) => succeeded
        ? Check(session, intent, request)
        : Fail(session, intent, request, StripeError.InvalidRequest(
            "The latest attempt to set up the payment method has failed because authentication failed.",
            code: "setup_intent_authentication_failure",
            status: PaymentRequired));

    internal static StripeErrorException UnexpectedState(string verb, SetupIntent intent) => new(StripeError.InvalidRequest(
        $"You cannot {verb} this SetupIntent because it has a status of {JsonNamingPolicy.SnakeCaseLower.ConvertName(intent.Status.ToString())}.",
        code: "setup_intent_unexpected_state"));

    private static StripeReply Check(DbSession session, SetupIntent intent, StripeRequest request)
    {
        var method = PaymentMethod.Get(session, intent.PaymentMethodId!);
        if (method.Card() is { Decline: { } decline, AttachesAnyway: false })
        {
            return Fail(session, intent, request, new StripeError(PaymentRequired, "card_error", decline.Message)
            {
                Code = decline.Code,
                DeclineCode = decline.DeclineCode,
            });
        }

        if (intent.CustomerId is { } id)
        {
            method.RequireAttachable();
            var customer = Customer.Require(session, id);
            AttachPaymentMethod.Attach(session, method, customer.Id, isSetUp: intent.Usage == "off_session", request.Events);
        }

        var succeeded = intent with { Status = SetupIntentStatus.Succeeded, ActionUrl = null, LastSetupError = null };
        succeeded.Update(session);
        request.Events.Write(session, "setup_intent.succeeded", new SetupIntentObject(succeeded));
        return StripeReply.Ok(new SetupIntentObject(succeeded));
    }

    private static StripeReply Fail(DbSession session, SetupIntent intent, StripeRequest request, StripeError error)
    {
        var failed = intent with
        {
            Status = SetupIntentStatus.RequiresPaymentMethod,
            PaymentMethodId = null,
            ActionUrl = null,
            LastSetupError = error,
        };
        failed.Update(session);
        request.Events.Write(session, "setup_intent.setup_failed", new SetupIntentObject(failed));
        return StripeReply.Of(error);
    }
}
