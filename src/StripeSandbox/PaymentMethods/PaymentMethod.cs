using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary>One use of a test card. As at Stripe, each naming of <c>pm_card_…</c> makes a payment method of its own.</summary>
internal sealed record PaymentMethod(string Id, string TestCard, long Created)
{
    /// <summary>A card that left the catalog meanwhile would be a fault of the release, not of the request.</summary>
    internal TestCard Card() =>
        TestCardCatalog.Find(TestCard) ?? throw new InvalidOperationException($"The test card '{TestCard}' of {Id} is not known.");

    internal static PaymentMethod Get(DbSession session, string id) =>
        Find(session, id) ?? throw new InvalidOperationException($"{id} is referred to but not stored.");

    internal static PaymentMethod? Find(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM payment_methods WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<PaymentMethod>(document)
            : null;

    internal static PaymentMethod Make(DbSession session, string testCard, DateTimeOffset now)
    {
        var method = new PaymentMethod(ObjectId.New("pm"), testCard, now.ToUnixTimeSeconds());
        session.Execute(
            "INSERT INTO payment_methods (id, document) VALUES ($id, $document)",
            ("$id", method.Id),
            ("$document", StripeJson.Write(method)));
        return method;
    }

    /// <summary>The payment method that a request names: a test card, or one made from it before.</summary>
    internal static PaymentMethod Resolve(DbSession session, string name, DateTimeOffset now) =>
        TestCardCatalog.Find(name) is null
            ? Find(session, name) ?? throw new StripeErrorException(StripeError.NoSuch("PaymentMethod", name, "payment_method"))
            : Make(session, name, now);
}
