using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Events;

/// <summary><c>GET /v1/events/{id}</c></summary>
internal static class RetrieveEvent
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only();
        return StripeReply.Ok(EventObject.Of(session, EventTable.Get(session, request.Id)));
    }
}
