using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stripe;

namespace Tokens.Payments.Events;

/// <summary>Tells Stripe's events from forged, stale and broken ones.</summary>
internal sealed partial class SignedEvents(IOptions<WebhookOptions> options, TimeProvider time, ILogger<SignedEvents> logger)
{
    internal const string SignatureHeader = "Stripe-Signature";

    /// <summary>Whether the body was signed by one of this installation's secrets, and lately.</summary>
    internal bool IsGenuine(string body, string signature)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return options.Value.Secrets.Any(secret => IsSignedBy(secret, body, signature, now));
    }

    /// <summary>Reads a genuine event; null when its shape is unknown, as that of <c>v2.core.event</c> is.</summary>
    internal Event? TryRead(string body)
    {
        try
        {
            // Stripe lets every account choose its version; what is read here is the same in all of them.
            return EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false);
        }
        catch (Exception fault)
        {
            // The type alone: a parser quotes what it can't read.
            LogUnknownShape(logger, fault.GetType().Name);
            return null;
        }
    }

    /// <summary>Logs an event about a purchase that lacks its id or what a payment intent always has.</summary>
    internal void LogIncomplete(Guid purchaseId) => LogIncomplete(logger, purchaseId);

    private bool IsSignedBy(string secret, string body, string signature, long now)
    {
        try
        {
            EventUtility.ValidateSignature(body, signature, secret, options.Value.ToleranceSeconds, now);
            return true;
        }
        // Not the exception for a refusal alone: Stripe.net also throws whatever it stumbles upon in a malformed header.
        catch (Exception)
        {
            return false;
        }
    }

    [LoggerMessage(LogIds.SignedEventsUnknownShape, LogLevel.Information, "A signed event has an unknown shape and is acknowledged without effect: {Fault}")]
    private static partial void LogUnknownShape(ILogger logger, string fault);

    [LoggerMessage(LogIds.SignedEventsIncomplete, LogLevel.Warning, "A signed event about purchase {PurchaseId} is incomplete and acknowledged without effect; the purchase is settled without it")]
    private static partial void LogIncomplete(ILogger logger, Guid purchaseId);
}
