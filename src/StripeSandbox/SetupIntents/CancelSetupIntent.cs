using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary><c>POST /v1/setup_intents/{id}/cancel</c></summary>
internal static class CancelSetupIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("cancellation_reason");
        var reason = request.Parameters.Choice("cancellation_reason", "duplicate", "requested_by_customer", "abandoned");
        var intent = SetupIntent.Get(session, request.Id);
        if (intent.Status is SetupIntentStatus.Succeeded or SetupIntentStatus.Canceled)
        {
            throw SetupAttempt.UnexpectedState("cancel", intent);
        }

        var canceled = intent with { Status = SetupIntentStatus.Canceled, ActionUrl = null, CancellationReason = reason };
        canceled.Update(session);
        request.Events.Write(session, "setup_intent.canceled", new SetupIntentObject(canceled));
        return StripeReply.Ok(new SetupIntentObject(canceled));
    }
}
