using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary><c>GET /v1/payment_methods/{id}</c>; a test card is shown under its name, for looking at it makes nothing.</summary>
internal static class RetrievePaymentMethod
{
    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only();
        var method = TestCardCatalog.Find(request.Id) is null
            ? PaymentMethod.Find(session, request.Id)
            : new PaymentMethod(request.Id, request.Id, request.Now.ToUnixTimeSeconds());
        return method is null
            ? throw new StripeErrorException(StripeError.NoSuch("PaymentMethod", request.Id, "payment_method", status: 404))
            : StripeReply.Ok(new PaymentMethodObject(method));
    }
}
