using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

internal static class PaymentIntentRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payment_intents", StripeEndpoint.Write(CreatePaymentIntent.Handle));
        routes.MapGet("/v1/payment_intents", StripeEndpoint.Read(ListPaymentIntents.Handle));
        routes.MapGet("/v1/payment_intents/{id}", StripeEndpoint.Read(RetrievePaymentIntent.Handle));
        routes.MapPost("/v1/payment_intents/{id}", StripeEndpoint.Write(UpdatePaymentIntent.Handle));
        routes.MapPost("/v1/payment_intents/{id}/confirm", StripeEndpoint.Write(ConfirmPaymentIntent.Handle));
        routes.MapPost("/v1/payment_intents/{id}/cancel", StripeEndpoint.Write(CancelPaymentIntent.Handle));
        routes.MapGet("/sandbox/payment_intents/{id}/authenticate", AuthenticationPage.Handle);
        routes.MapPost("/sandbox/payment_intents/{id}/authenticate", AuthenticatePaymentIntent.Handle);
    }
}
