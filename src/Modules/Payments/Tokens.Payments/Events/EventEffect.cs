using Microsoft.Extensions.Logging;
using Tokens.Payments.Parking;
using Tokens.Payments.Purchases;

namespace Tokens.Payments.Events;

/// <summary>Carries an event's news to its purchase, and marks the event by what became of them.</summary>
internal sealed partial class EventEffect(PurchaseNews news, ILogger<EventEffect> logger)
{
    internal async Task ApplyAsync(StripeEvent stripeEvent, CancellationToken cancellationToken)
    {
        switch (await TellAsync(stripeEvent, cancellationToken))
        {
            case NewsOutcome.Applied:
                stripeEvent.Apply();
                break;
            // Another installation may use the same account of Stripe's.
            case NewsOutcome.UnknownPurchase:
                LogUnknown(logger, stripeEvent.Id, stripeEvent.PurchaseId);
                stripeEvent.Ignore();
                break;
            // An intent that the purchase gave up may end as it likes, as long as nothing is paid.
            case NewsOutcome.OtherIntent when stripeEvent.Type != HandledEvents.Succeeded:
                stripeEvent.Ignore();
                break;
            case NewsOutcome.OtherIntent:
                stripeEvent.Park(ParkedReason.OtherIntent);
                break;
            case NewsOutcome.AmountMismatch:
                stripeEvent.Park(ParkedReason.AmountMismatch);
                break;
            case NewsOutcome.RefusedByLedger:
                stripeEvent.Park(ParkedReason.RefusedByLedger);
                break;
            case var outcome:
                throw new InvalidOperationException($"Nothing follows from {outcome}.");
        }
    }

    private Task<NewsOutcome> TellAsync(StripeEvent stripeEvent, CancellationToken cancellationToken)
    {
        var (purchaseId, intentId) = (stripeEvent.PurchaseId, stripeEvent.PaymentIntentId);
        return stripeEvent.Type switch
        {
            HandledEvents.Succeeded => news.PaidAsync(
                purchaseId, new PaymentFacts(intentId, stripeEvent.AmountMinor, stripeEvent.Currency), cancellationToken),
            HandledEvents.Canceled or HandledEvents.PaymentFailed => news.EndedAsync(purchaseId, intentId, cancellationToken),
            var type => throw new InvalidOperationException($"Events of type {type} are not handled."),
        };
    }

    [LoggerMessage(LogIds.EventEffectUnknown, LogLevel.Information, "Event {EventId} is about purchase {PurchaseId}, which is not of this installation")]
    private static partial void LogUnknown(ILogger logger, string eventId, Guid purchaseId);
}
