using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>
/// An event and how often it is to be told, is still to be told and was received. <paramref name="FailedStatus"/> is an answer that
/// wasn't 2xx; null when there was none.
/// </summary>
internal sealed record EventDelivery(Event Event, long Deliveries, long Pending, long Received, long Attempts, int? FailedStatus)
{
    /// <summary>Newest first.</summary>
    internal static List<EventDelivery> Latest(DbSession session, int limit) => session.Query(
        """
        SELECT events.document, count(deliveries.sequence), count(deliveries.due),
            total(deliveries.due IS NULL AND deliveries.status BETWEEN 200 AND 299), total(deliveries.attempts),
            max(CASE WHEN deliveries.status NOT BETWEEN 200 AND 299 THEN deliveries.status END)
        FROM (SELECT sequence, document FROM events ORDER BY sequence DESC LIMIT $limit) AS events
        LEFT JOIN deliveries ON deliveries.event = events.sequence
        GROUP BY events.sequence ORDER BY events.sequence DESC
        """,
        row => new EventDelivery(
            StripeJson.Read<Event>(row.GetString(0)),
            row.GetInt64(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetInt32(5)),
        ("$limit", limit));
}
