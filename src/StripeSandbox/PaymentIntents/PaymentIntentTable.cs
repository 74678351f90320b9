using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

internal static class PaymentIntentTable
{
    /// <summary>The PaymentIntent that a path names, else 404.</summary>
    internal static PaymentIntent Get(DbSession session, string id) =>
        Find(session, id) ?? throw new StripeErrorException(StripeError.NoSuch("payment_intent", id, "intent", status: 404));

    internal static PaymentIntent? Find(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM payment_intents WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<PaymentIntent>(document)
            : null;

    internal static void Insert(DbSession session, PaymentIntent intent) => session.Execute(
        "INSERT INTO payment_intents (id, created, document) VALUES ($id, $created, $document)",
        ("$id", intent.Id),
        ("$created", intent.Created),
        ("$document", StripeJson.Write(intent)));

    internal static void Update(DbSession session, PaymentIntent intent) => session.Execute(
        "UPDATE payment_intents SET document = $document WHERE id = $id",
        ("$id", intent.Id),
        ("$document", StripeJson.Write(intent)));

    internal static (List<PaymentIntent> Intents, bool HasMore) List(DbSession session, ListPage page, TimeRange created) =>
        PagedTable.List<PaymentIntent>(session, "payment_intents", "payment_intent", page, created);
}
