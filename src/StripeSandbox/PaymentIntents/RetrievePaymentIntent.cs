using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>GET /v1/payment_intents/{id}</c></summary>
internal static class RetrievePaymentIntent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("expand");
        var expansion = Expansion.Read(request.Parameters, PaymentIntentObject.Expandable);
        return PaymentIntentReply.Ok(session, PaymentIntentTable.Get(session, request.Id), expansion);
    }
}
