using Tokens.StripeSandbox.Customers;
using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary><c>POST /v1/payment_methods/{id}/attach</c> and <c>/detach</c>.</summary>
internal static class AttachPaymentMethod
{
    private const int PaymentRequired = 402;

    internal static StripeReply Attach(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("customer");
        var customer = Customer.Named(session, request.Parameters) ?? throw request.Parameters.Missing("customer");
        var method = Resolve(session, request);
        method.RequireAttachable();
        if (method.Customer is { } other)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                other == customer.Id
                    ? "The payment method you provided has already been attached to this customer."
                    : "The payment method you provided has already been attached to a customer.",
                "payment_method",
                "resource_already_exists"));
        }

        if (method.Card() is { Decline: { } decline, AttachesAnyway: false })
        {
            throw new StripeErrorException(new StripeError(PaymentRequired, "card_error", decline.Message)
            {
                Code = decline.Code,
                DeclineCode = decline.DeclineCode,
            });
        }

        return StripeReply.Ok(new PaymentMethodObject(Attach(session, method, customer.Id, isSetUp: false, request.Events)));
    }

    internal static StripeReply Detach(StripeRequest request, DbSession session)
    {
        request.Parameters.Only();
        var method = Resolve(session, request);
        if (method.Customer is null)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "The payment method you provided is not attached to a customer so detachment is impossible.", "payment_method"));
        }

        return StripeReply.Ok(new PaymentMethodObject(Detach(session, method, request.Events)));
    }

    /// <summary>Ends the keeping of the method for its customer.</summary>
    internal static PaymentMethod Detach(DbSession session, PaymentMethod method, EventJournal events)
    {
        var detached = method with { Customer = null, IsDetached = true };
        detached.Update(session);
        events.Write(session, "payment_method.detached", new PaymentMethodObject(detached));
        return detached;
    }

    /// <summary>Keeps the method for the customer.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="method">One that nobody else keeps.</param>
    /// <param name="customer">The customer's id.</param>
    /// <param name="isSetUp">Whether its holder has agreed to payments while away.</param>
    /// <param name="events">Told of it.</param>
    internal static PaymentMethod Attach(
        DbSession session, PaymentMethod method, string customer, bool isSetUp, EventJournal events)
    {
        var attached = method with { Customer = customer, IsSetUp = method.IsSetUp || isSetUp };
        attached.Update(session);
        if (method.Customer is null)
        {
            events.Write(session, "payment_method.attached", new PaymentMethodObject(attached));
        }

        return attached;
    }

    private static PaymentMethod Resolve(DbSession session, StripeRequest request) =>
        TestCardCatalog.Find(request.Id) is not null
            ? PaymentMethod.Make(session, request.Id, request.Now)
            : PaymentMethod.Find(session, request.Id)
                ?? throw new StripeErrorException(StripeError.NoSuch("PaymentMethod", request.Id, "payment_method", status: 404));
}
