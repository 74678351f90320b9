using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

internal static class SetupIntentRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/setup_intents", StripeEndpoint.Write(CreateSetupIntent.Handle));
        routes.MapGet("/v1/setup_intents/{id}", StripeEndpoint.Read(RetrieveSetupIntent.Handle));
        routes.MapPost("/v1/setup_intents/{id}/confirm", StripeEndpoint.Write(ConfirmSetupIntent.Handle));
        routes.MapPost("/v1/setup_intents/{id}/cancel", StripeEndpoint.Write(CancelSetupIntent.Handle));
        routes.MapPost("/sandbox/setup_intents/{id}/authenticate", StripeEndpoint.Write(AuthenticateSetupIntent.Handle));
    }
}
