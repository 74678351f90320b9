using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary><c>POST /sandbox/setup_intents/{id}/authenticate</c> with <c>outcome=succeed</c> or <c>fail</c>: the holder passes 3-D Secure, or doesn't.</summary>
internal static class AuthenticateSetupIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("outcome");
        var outcome = request.Parameters.Choice("outcome", "succeed", "fail") ?? throw request.Parameters.Missing("outcome");
        var intent = SetupIntent.Get(session, request.Id);
        return intent.Status == SetupIntentStatus.RequiresAction
            ? SetupAttempt.AfterAuthentication(session, intent, outcome == "succeed", request)
            : throw SetupAttempt.UnexpectedState("authenticate", intent);
    }
}
