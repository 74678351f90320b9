using System.Text.Json.Serialization;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Webhooks;

namespace Tokens.StripeSandbox.Events;

/// <summary>An event as Stripe writes it.</summary>
internal sealed record EventObject([property: JsonIgnore] Event Event, long PendingWebhooks)
{
    public string Id => Event.Id;

    public string Object => "event";

    public string ApiVersion => Event.ApiVersion;

    public long Created => Event.Created;

    public object Data => new { Event.Object };

    public bool Livemode => false;

    public object Request => new { Id = Event.RequestId, Event.IdempotencyKey };

    public string Type => Event.Type;

    internal static EventObject Of(DbSession session, Event occurred) =>
        new(occurred, DeliveryTable.IsPending(session, occurred.Id) ? 1 : 0);
}
