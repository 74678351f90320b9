using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

internal static class PaymentMethodRoutes
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/payment_methods", StripeEndpoint.Write(CreatePaymentMethod.Handle));
        routes.MapGet("/v1/payment_methods", StripeEndpoint.Read(ListPaymentMethods.Handle));
        routes.MapPost("/v1/payment_methods/{id}/attach", StripeEndpoint.Write(AttachPaymentMethod.Attach));
        routes.MapPost("/v1/payment_methods/{id}/detach", StripeEndpoint.Write(AttachPaymentMethod.Detach));
        routes.MapGet("/v1/payment_methods/{id}", StripeEndpoint.Read(RetrievePaymentMethod.Handle));
    }
}
