using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary><c>POST /v1/payment_methods</c> with <c>type=card</c> and <c>card[token]=tok_…</c>: the token of a test card.</summary>
internal static class CreatePaymentMethod
{
    private const string TokenPrefix = "tok_";
    private const string CardPrefix = "pm_card_";

    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        var parameters = request.Parameters;
        parameters.Only("type", "card");
        _ = parameters.Choice("type", "card") ?? throw parameters.Missing("type");
        var card = parameters.Inner("card") ?? throw parameters.Missing("card");
        card.Only("token");
        var token = card.NonEmptyText("token") ?? throw card.Missing("token");
        return StripeReply.Ok(new PaymentMethodObject(PaymentMethod.Make(session, TestCard(token), request.Now)));
    }

    private static string TestCard(string token)
    {
        var name = token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? CardPrefix + token[TokenPrefix.Length..] : "";
        return TestCardCatalog.Find(name) is not null
            ? name
            : throw new StripeErrorException(StripeError.NoSuch("token", token, "card[token]"));
    }
}
