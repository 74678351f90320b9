using System.Text.Json;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Events;

internal static class EventTable
{
    /// <summary>The event's place among all.</summary>
    internal static long Insert(DbSession session, Event occurred) => session.Scalar<long>(
        "INSERT INTO events (id, created, type, document) VALUES ($id, $created, $type, $document) RETURNING sequence",
        ("$id", occurred.Id),
        ("$created", occurred.Created),
        ("$type", occurred.Type),
        ("$document", StripeJson.Write(occurred)));

    /// <summary>The event that a path names, else 404.</summary>
    internal static Event Get(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM events WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<Event>(document)
            : throw new StripeErrorException(StripeError.NoSuch("event", id, "id", status: 404));

    /// <summary>A page of those whose type fits one of the patterns, in which <c>*</c> stands for any text.</summary>
    internal static (List<Event> Events, bool HasMore) List(
        DbSession session, ListPage page, TimeRange created, IReadOnlyList<string> patterns) => PagedTable.List<Event>(
            session,
            "events",
            "event",
            page,
            created,
            "AND EXISTS (SELECT 1 FROM json_each($patterns) AS pattern WHERE events.type GLOB pattern.value)",
            ("$patterns", JsonSerializer.Serialize(patterns)));
}
