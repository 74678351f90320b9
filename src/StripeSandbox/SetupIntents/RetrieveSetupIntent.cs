using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

/// <summary><c>GET /v1/setup_intents/{id}</c></summary>
internal static class RetrieveSetupIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("client_secret");
        return StripeReply.Ok(new SetupIntentObject(SetupIntent.Get(session, request.Id)));
    }
}
