using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Customers;

internal static class CustomerRoutes
{
    private static readonly string[] Fields = ["email", "name", "description", "metadata"];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers", StripeEndpoint.Write(Create));
        routes.MapGet("/v1/customers/{id}", StripeEndpoint.Read(Retrieve));
        routes.MapPost("/v1/customers/{id}", StripeEndpoint.Write(Update));
        routes.MapDelete("/v1/customers/{id}", StripeEndpoint.Write(DeleteCustomer.Handle));
        routes.MapGet("/v1/customers/{id}/payment_methods", StripeEndpoint.Read(ListPaymentMethods.OfCustomer));
    }

    private static StripeReply Create(StripeRequest request, DbSession session)
    {
        request.Parameters.Only(Fields);
        var customer = new Customer
        {
            Id = ObjectId.New("cus", 14),
            Created = request.Now.ToUnixTimeSeconds(),
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal),
        }.With(request.Parameters);
        customer.Insert(session);
        request.Events.Write(session, "customer.created", new CustomerObject(customer));
        return StripeReply.Ok(new CustomerObject(customer));
    }

    private static StripeReply Retrieve(StripeRequest request, DbSession session)
    {
        request.Parameters.Only();
        return StripeReply.Ok(CustomerObject.Of(Customer.GetOrDeleted(session, request.Id)));
    }

    private static StripeReply Update(StripeRequest request, DbSession session)
    {
        request.Parameters.Only(Fields);
        var customer = Customer.Get(session, request.Id).With(request.Parameters);
        customer.Update(session);
        return StripeReply.Ok(new CustomerObject(customer));
    }
}
