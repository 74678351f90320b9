using Tokens.StripeSandbox.Events;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.PaymentIntents;

/// <summary>What is told of a PaymentIntent.</summary>
internal static class PaymentIntentEvents
{
    internal static void Created(DbSession session, PaymentIntent intent, EventJournal events) => Write(session, "created", intent, events);

    internal static void Canceled(DbSession session, PaymentIntent intent, EventJournal events) => Write(session, "canceled", intent, events);

    /// <summary>After an attempt, or after the card's holder was asked.</summary>
    internal static void Attempted(DbSession session, PaymentIntent intent, EventJournal events)
    {
        var change = intent.Status switch
        {
            PaymentIntentStatus.Succeeded => "succeeded",
            PaymentIntentStatus.RequiresAction => "requires_action",
            PaymentIntentStatus.RequiresPaymentMethod => "payment_failed",
            var status => throw new ArgumentOutOfRangeException(nameof(intent), status, "No attempt ends like this."),
        };
        Write(session, change, intent, events);
    }

    private static void Write(DbSession session, string change, PaymentIntent intent, EventJournal events) =>
        events.Write(session, "payment_intent." + change, PaymentIntentObject.Of(session, intent, Expansion.None));
}
