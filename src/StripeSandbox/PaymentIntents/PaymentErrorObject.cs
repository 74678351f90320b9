using System.Text.Json;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>A failed attempt as Stripe writes it: in <c>last_payment_error</c>, and as the body of the attempt's own answer.</summary>
internal static class PaymentErrorObject
{
    private const int PaymentRequired = 402;

    internal static StripeError Of(DbSession session, PaymentError error) => new(PaymentRequired, error.Type, error.Message)
    {
        Code = error.Code,
        DeclineCode = error.DeclineCode,
        Charge = error.ChargeId,
        PaymentMethod = JsonSerializer.SerializeToElement(
            new PaymentMethodObject(PaymentMethod.Get(session, error.PaymentMethodId)), StripeJson.Options),
    };
}
