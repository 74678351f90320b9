using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Charges;

internal enum ChargeStatus
{
    Succeeded,
    Failed,
}

/// <summary>One attempt to take money, kept whether or not it did; amounts in the currency's minor unit.</summary>
internal sealed record Charge(
    string Id,
    string PaymentIntentId,
    string PaymentMethodId,
    long Amount,
    string Currency,
    ChargeStatus Status,
    CardDecline? Decline,
    DateTimeOffset CreatedAt)
{
    internal void Insert(DbSession session) => session.Execute(
        "INSERT INTO charges (id, payment_intent, document) VALUES ($id, $intent, $document)",
        ("$id", Id),
        ("$intent", PaymentIntentId),
        ("$document", StripeJson.Write(this)));

    internal static Charge Get(DbSession session, string id) => StripeJson.Read<Charge>(
        session.Scalar<string>("SELECT document FROM charges WHERE id = $id", ("$id", id))
        ?? throw new InvalidOperationException($"{id} is referred to but not stored."));

    /// <summary>The next charges after <paramref name="sequence"/>, oldest first.</summary>
    internal static List<(long Sequence, Charge Charge)> ListAfter(DbSession session, long sequence, int limit) => session.Query(
        "SELECT sequence, document FROM charges WHERE sequence > $sequence ORDER BY sequence LIMIT $limit",
        row => (row.GetInt64(0), StripeJson.Read<Charge>(row.GetString(1))),
        ("$sequence", sequence),
        ("$limit", limit));
}
