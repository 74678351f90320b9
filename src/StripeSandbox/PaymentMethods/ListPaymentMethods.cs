using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary><c>GET /v1/payment_methods?customer=</c> and <c>GET /v1/customers/{id}/payment_methods</c>: newest first.</summary>
internal static class ListPaymentMethods
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("customer", "type", "limit", "starting_after", "ending_before");
        var customer = Customer.Named(session, request.Parameters) ?? throw request.Parameters.Missing("customer");
        return List(request, session, customer.Id, "/v1/payment_methods");
    }

    internal static StripeReply OfCustomer(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("type", "limit", "starting_after", "ending_before");
        var customer = Customer.Get(session, request.Id);
        return List(request, session, customer.Id, $"/v1/customers/{customer.Id}/payment_methods");
    }

    private static StripeReply List(StripeRequest request, DbSession session, string customer, string url)
    {
        _ = request.Parameters.Choice("type", "card");
        var (methods, hasMore) = PagedTable.List<PaymentMethod>(
            session,
            "kept_payment_methods",
            "payment_method",
            ListPage.Read(request.Parameters, request.Limits),
            TimeRange.Read(request.Parameters, "created"),
            "AND customer = $customer",
            ("$customer", customer));
        return StripeReply.Ok(new ListObject<PaymentMethodObject>(url, hasMore, [.. methods.Select(method => new PaymentMethodObject(method))]));
    }
}
