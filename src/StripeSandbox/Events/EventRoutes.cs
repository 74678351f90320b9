using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Events;

internal static class EventRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/events", StripeEndpoint.Read(ListEvents.Handle));
        routes.MapGet("/v1/events/{id}", StripeEndpoint.Read(RetrieveEvent.Handle));
    }
}
