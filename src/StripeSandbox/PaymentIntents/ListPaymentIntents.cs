using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary><c>GET /v1/payment_intents</c>: newest first.</summary>
internal static class ListPaymentIntents
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("limit", "starting_after", "ending_before", "created", "expand");
        var expansion = Expansion.Read(request.Parameters, PaymentIntentObject.Expandable, prefix: "data.");
        var page = ListPage.Read(request.Parameters, request.Limits);
        var (intents, hasMore) = PaymentIntentTable.List(session, page, TimeRange.Read(request.Parameters, "created"));
        return StripeReply.Ok(new ListObject<PaymentIntentObject>(
            "/v1/payment_intents", hasMore, [.. intents.Select(intent => PaymentIntentObject.Of(session, intent, expansion))]));
    }
}
