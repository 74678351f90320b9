using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary><c>POST /v1/setup_intents/{id}/confirm</c></summary>
internal static class ConfirmSetupIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("payment_method", "return_url", "use_stripe_sdk", "client_secret");
        var intent = SetupIntent.Get(session, request.Id);
        return intent.Status is SetupIntentStatus.Succeeded or SetupIntentStatus.Canceled
            ? throw SetupAttempt.UnexpectedState("confirm", intent)
            : SetupAttempt.Confirm(session, SetupAttempt.ApplyPaymentMethod(intent, request, session), request);
    }
}
