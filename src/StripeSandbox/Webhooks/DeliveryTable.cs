using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Webhooks;

internal static class DeliveryTable
{
    internal static void Insert(DbSession session, long eventSequence, DateTimeOffset due) => session.Execute(
        "INSERT INTO deliveries (event, due) VALUES ($event, $due)",
        ("$event", eventSequence),
        ("$due", due.ToUnixTimeMilliseconds()));

    internal static void Update(DbSession session, DeliveryState state) => session.Execute(
        "UPDATE deliveries SET attempts = $attempts, status = $status, due = $due WHERE sequence = $sequence",
        ("$attempts", state.Attempts),
        ("$status", state.Status),
        ("$due", state.Due?.ToUnixTimeMilliseconds()),
        ("$sequence", state.Sequence));

    /// <summary>Those whose time has come, the longest waiting first.</summary>
    internal static List<Delivery> Due(DbSession session, DateTimeOffset now, int limit) => session.Query(
        """
        SELECT deliveries.sequence, deliveries.attempts, events.document
        FROM deliveries JOIN events ON events.sequence = deliveries.event
        WHERE deliveries.due <= $now ORDER BY deliveries.due, deliveries.sequence LIMIT $limit
        """,
        row => new Delivery(row.GetInt64(0), row.GetInt32(1), StripeJson.Read<Event>(row.GetString(2))),
        ("$now", now.ToUnixTimeMilliseconds()),
        ("$limit", limit));

    /// <summary>When the next one's time comes after <paramref name="now"/>; null when none is left.</summary>
    internal static DateTimeOffset? NextDue(DbSession session, DateTimeOffset now) =>
        session.Scalar<object>("SELECT min(due) FROM deliveries WHERE due > $now", ("$now", now.ToUnixTimeMilliseconds())) is long due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : null;

    /// <summary>Ends all pauses: whoever starts again has often mended what did not answer.</summary>
    internal static int MakeAllDue(DbSession session, DateTimeOffset now) =>
        session.Execute("UPDATE deliveries SET due = $now WHERE due > $now", ("$now", now.ToUnixTimeMilliseconds()));

    /// <summary>Whether the event has still to be told.</summary>
    internal static bool IsPending(DbSession session, string eventId) => session.Scalar<long>(
        """
        SELECT EXISTS (
            SELECT 1 FROM deliveries
            WHERE due IS NOT NULL AND event = (SELECT sequence FROM events WHERE id = $id))
        """,
        ("$id", eventId)) != 0;
}
