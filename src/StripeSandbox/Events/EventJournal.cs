using System.Text.Json;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Webhooks;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Events;

/// <summary>Writes the events of one call, each in the transaction of the change that it tells of.</summary>
internal sealed class EventJournal(WebhookOutbox outbox, DateTimeOffset now, string? requestId = null, string? idempotencyKey = null)
{
    internal DateTimeOffset Now => now;

    /// <summary>Tells that <paramref name="subject"/>, as the wire shows it, has changed.</summary>
    internal void Write<T>(DbSession session, string type, T subject)
    {
        var sequence = EventTable.Insert(session, new Event(
            ObjectId.New("evt"),
            type,
            now.ToUnixTimeSeconds(),
            StripeHeaders.DefaultVersion,
            JsonSerializer.SerializeToElement(subject, StripeJson.Options),
            requestId,
            idempotencyKey));
        outbox.Add(session, sequence, now);
    }
}
