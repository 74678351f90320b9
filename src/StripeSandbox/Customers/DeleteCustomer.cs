using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Customers;

/// <summary><c>DELETE /v1/customers/{id}</c>: for good, and the customer's payment methods are detached.</summary>
internal static class DeleteCustomer
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only();
        var customer = Customer.Get(session, request.Id);
        foreach (var method in PaymentMethod.OfCustomer(session, customer.Id))
        {
            AttachPaymentMethod.Detach(session, method, request.Events);
        }

        (customer with { IsDeleted = true }).Update(session);
        request.Events.Write(session, "customer.deleted", new CustomerObject(customer));
        return StripeReply.Ok(new DeletedCustomerObject(customer.Id));
    }
}
