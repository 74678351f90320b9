using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentMethods;

/// <summary>One use of a test card. As at Stripe, each naming of <c>pm_card_…</c> makes a payment method of its own.</summary>
internal sealed record PaymentMethod(string Id, string TestCard, long Created)
{
    /// <summary>The customer for whom it is kept.</summary>
    public string? Customer { get; init; }

    /// <summary>Whether its holder has agreed to payments while away.</summary>
    public bool IsSetUp { get; init; }

    /// <summary>Was kept once, and may not be used any more.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Whoever detached it may never use it again.</summary>
    internal void RequireAttachable()
    {
        if (IsDetached)
        {
            throw new StripeErrorException(StripeError.InvalidRequest(
                "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected " +
                "account without Customer attachment, or was detached from a Customer. It may not be used again.",
                "payment_method",
                "payment_method_unactivated"));
        }
    }

    /// <summary>A card that left the catalog meanwhile would be a fault of the release, not of the request.</summary>
    internal TestCard Card() =>
        TestCardCatalog.Find(TestCard) ?? throw new InvalidOperationException($"The test card '{TestCard}' of {Id} is not known.");

    internal static PaymentMethod Get(DbSession session, string id) =>
        Find(session, id) ?? throw new InvalidOperationException($"{id} is referred to but not stored.");

    internal static PaymentMethod? Find(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM payment_methods WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<PaymentMethod>(document)
            : null;

    /// <summary>The methods that are kept for the customer, oldest first.</summary>
    internal static List<PaymentMethod> OfCustomer(DbSession session, string customer) => session.Query(
        "SELECT document FROM payment_methods WHERE customer = $customer ORDER BY rowid",
        row => StripeJson.Read<PaymentMethod>(row.GetString(0)),
        ("$customer", customer));

    internal static PaymentMethod Make(DbSession session, string testCard, DateTimeOffset now)
    {
        var method = new PaymentMethod(ObjectId.New("pm"), testCard, now.ToUnixTimeSeconds());
        session.Execute(
            "INSERT INTO payment_methods (id, created, document) VALUES ($id, $created, $document)",
            ("$id", method.Id),
            ("$created", method.Created),
            ("$document", StripeJson.Write(method)));
        return method;
    }

    internal void Update(DbSession session) => session.Execute(
        "UPDATE payment_methods SET document = $document, customer = $customer WHERE id = $id",
        ("$id", Id),
        ("$customer", Customer),
        ("$document", StripeJson.Write(this)));

    /// <summary>The payment method that a request names: a test card, or one made from it before.</summary>
    internal static PaymentMethod Resolve(DbSession session, string name, DateTimeOffset now) =>
        TestCardCatalog.Find(name) is null
            ? Find(session, name) ?? throw new StripeErrorException(StripeError.NoSuch("PaymentMethod", name, "payment_method"))
            : Make(session, name, now);
}
