using Microsoft.Extensions.Options;
using Stripe;

namespace Tokens.Payments.Events;

/// <summary>Tells Stripe's events from forged, stale and broken ones.</summary>
internal sealed class SignedEvents(IOptions<WebhookOptions> options, TimeProvider time)
{
    internal const string SignatureHeader = "Stripe-Signature";

    /// <summary>Whether the body was signed by one of this installation's secrets, and lately.</summary>
    internal bool IsGenuine(string body, string signature)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return options.Value.Secrets.Any(secret => IsSignedBy(secret, body, signature, now));
    }

    /// <summary>Reads a genuine event; null when it isn't one in a shape that is known.</summary>
    internal static Event? TryRead(string body)
    {
        try
        {
            // Stripe lets every account choose its version; what is read here is the same in all of them.
            return EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false);
        }
        catch (Exception)
        {
            return null;
        }
    }

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
}
