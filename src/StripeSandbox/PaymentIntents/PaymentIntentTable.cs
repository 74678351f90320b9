using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

internal static class PaymentIntentTable
{
    /// <summary>The PaymentIntent that a path names, else 404.</summary>
    internal static PaymentIntent Get(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM payment_intents WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<PaymentIntent>(document)
            : throw new StripeErrorException(StripeError.NoSuch("payment_intent", id, "intent", status: 404));

    internal static void Insert(DbSession session, PaymentIntent intent) => session.Execute(
        "INSERT INTO payment_intents (id, created, document) VALUES ($id, $created, $document)",
        ("$id", intent.Id),
        ("$created", intent.Created),
        ("$document", StripeJson.Write(intent)));

    internal static void Update(DbSession session, PaymentIntent intent) => session.Execute(
        "UPDATE payment_intents SET document = $document WHERE id = $id",
        ("$id", intent.Id),
        ("$document", StripeJson.Write(intent)));

    /// <summary>A page, newest first, and whether more lie beyond it in the direction of paging.</summary>
    internal static (List<PaymentIntent> Intents, bool HasMore) List(DbSession session, ListPage page, TimeRange created)
    {
        var backwards = page.EndingBefore is not null;
        var intents = session.Query(
            backwards
                ? """
                  SELECT document FROM payment_intents
                  WHERE sequence > $cursor AND created BETWEEN $from AND $to ORDER BY sequence LIMIT $limit
                  """
                : """
                  SELECT document FROM payment_intents
                  WHERE sequence < $cursor AND created BETWEEN $from AND $to ORDER BY sequence DESC LIMIT $limit
                  """,
            row => StripeJson.Read<PaymentIntent>(row.GetString(0)),
            ("$cursor", Cursor(session, page)),
            ("$from", created.From),
            ("$to", created.To),
            ("$limit", page.Limit + 1));
        var hasMore = intents.Count > page.Limit;
        if (hasMore)
        {
            intents.RemoveAt(page.Limit);
        }

        if (backwards)
        {
            intents.Reverse();
        }

        return (intents, hasMore);
    }

    private static long Cursor(DbSession session, ListPage page)
    {
        var (id, param) = page.EndingBefore is { } before ? (before, "ending_before") : (page.StartingAfter, "starting_after");
        return id is null
            ? long.MaxValue
            : session.Scalar<long?>("SELECT sequence FROM payment_intents WHERE id = $id", ("$id", id))
                ?? throw new StripeErrorException(StripeError.NoSuch("payment_intent", id, param));
    }
}
